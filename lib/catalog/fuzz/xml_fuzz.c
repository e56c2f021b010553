/* Any bytes as RDF/XML. */
#include "reads_back.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_reads_back((struct view){(const char *)data, size}, RDF_XML, RDF_TURTLE);
	return 0;
}
