#include "base/cancel.h"

#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t requested;

static void on_signal(int signo)
{
	if (requested && signo != SIGHUP) /* a closing terminal sends more than one */
		_exit(128 + signo);
	requested = 1;
}

void cancel_install(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct sigaction before;

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	/* a terminal that closes must not leave spilled data behind; nohup ignores it */
	if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

bool cancel_requested(void)
{
	return requested;
}

int cancel_check(struct err *err)
{
	return requested ? err_set(err, ERR_CANCELLED, "interrupted") : 0;
}

void cancel_set(bool on)
{
	requested = on;
}
