#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* "0.1.0" */
const char *hygie_version(void);

#endif
