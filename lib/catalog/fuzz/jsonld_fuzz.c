/* Any bytes as JSON-LD. */
#include "reads_back.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_reads_back((struct view){(const char *)data, size}, RDF_JSONLD, RDF_TRIG);
	return 0;
}
