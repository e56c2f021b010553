#include "base/cancel.h"
#include "base/command.h"

int main(int argc, char **argv)
{
	cancel_install();
	return command_main(command_all, argc, argv);
}
