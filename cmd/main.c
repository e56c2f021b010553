#include "base/cancel.h"
#include "base/command.h"
#include "guard/reader.h"

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], GUARD_READER_WORD) == 0)
		return guard_reader_main(argc - 1, argv + 1);
	cancel_install();
	return command_main(command_all, argc, argv);
}
