#include "both_stores.h"

#include "base/secret.h"
#include "io/file.h"
#include "mail/mail.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>

static const char *const modules[] = {"store", "mail", NULL};
static struct store *store;
static unsigned char key[SECRET_KEY_SIZE];
static const int64_t start = 1763000000000000; /* 2025-11-13 02:13:20 UTC */

static int open_store(void **state)
{
	struct err err = {0};

	(void)state;
	if (store_open(&store, test_place, 2, &err) < 0 || store_migrate(store, modules, &err) < 0)
		fail_msg("%s", err.msg);
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	store_close(&store);
	return 0;
}

struct queued {
	const struct mail_box *box;
	struct mail mail;
};

static int queue(struct store_tx *tx, void *arg, struct err *err)
{
	struct queued *q = arg;

	return mail_queue(tx, q->box, &q->mail, start, err);
}

static void send_to_queue(const struct mail_box *box, const char *subject, const char *text)
{
	struct queued q = {box, {VIEW_LIT("a.b@x.example"), VIEW(subject), VIEW(text)}};
	struct err err = {0};

	if (store_write(store, queue, &q, &err) < 0)
		fail_msg("%s", err.msg);
}

static void mail_becomes_a_file(void **state)
{
	const struct mail_box box = {"hub@hub.example", "Hub", "", test_folder, key};
	AUTO_FREE char *path = path_join(test_folder, "000001.eml");
	AUTO_STR struct str text = {0};
	struct err err = {0};
	int sent;

	(void)state;
	assert_int_equal(path_remove(path, &err), 0);
	send_to_queue(&box, "Données : une réponse qui est plus longue qu’une seule ligne de code",
	    "Bonjour,\n\nvoilà.\n");
	assert_int_equal(mail_deliver(store, &box, start, &sent, &err), 0);
	assert_int_equal(sent, 1);
	assert_int_equal(file_read(path, 10000, &text, &err), 0);
	/* base64 by Python's base64 module */
	assert_string_equal(str_get(&text),
	    "Date: Thu, 13 Nov 2025 02:13:20 +0000\r\n"
	    "From: =?UTF-8?B?SHVi?= <hub@hub.example>\r\n"
	    "To: <a.b@x.example>\r\n"
	    "Subject: =?UTF-8?B?RG9ubsOpZXMgOiB1bmUgcsOpcG9uc2UgcXVpIGVzdCBwbHVzIGxvbmd1ZSBx?=\r\n"
	    " =?UTF-8?B?deKAmXVuZSBzZXVsZSBsaWduZSBkZSBjb2Rl?=\r\n"
	    "Message-ID: <1763000000000000.1@hub.example>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "\r\n"
	    "Qm9uam91ciwKCnZvaWzDoC4K\r\n");
	assert_int_equal(mail_deliver(store, &box, start, &sent, &err), 0);
	assert_int_equal(sent, 0);
}

/* A server that takes one mail, or refuses its receiver. */
struct sink {
	int listening, port;
	bool refuse;
	struct str got;
	pthread_t thread;
};

static void say(int fd, const char *line)
{
	assert_int_equal(write(fd, line, strlen(line)), strlen(line));
}

static void talk(struct sink *s, FILE *in, int fd)
{
	char line[1024];
	bool data = false;

	say(fd, "220 sink\r\n");
	while (fgets(line, sizeof(line), in)) {
		str_addz(&s->got, line);
		if (data && strcmp(line, ".\r\n") == 0) {
			data = false;
			say(fd, "250 taken\r\n");
		} else if (data) {
			continue;
		} else if (strncmp(line, "DATA", 4) == 0) {
			data = true;
			say(fd, "354 go on\r\n");
		} else if (strncmp(line, "QUIT", 4) == 0) {
			say(fd, "221 bye\r\n");
			return;
		} else if (strncmp(line, "RCPT", 4) == 0 && s->refuse) {
			say(fd, "550 nobody here\r\n");
		} else {
			say(fd, "250 fine\r\n");
		}
	}
}

static void *serve(void *arg)
{
	struct sink *s = arg;
	int fd = accept(s->listening, NULL, NULL);
	FILE *in = fdopen(fd, "r");

	talk(s, in, fd);
	fclose(in);
	return NULL;
}

static void start_sink(struct sink *s)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);

	s->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(s->listening, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(s->listening, 4), 0);
	assert_int_equal(getsockname(s->listening, (struct sockaddr *)&at, &len), 0);
	s->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static void stop_sink(struct sink *s)
{
	pthread_join(s->thread, NULL);
	close(s->listening);
}

static void mail_goes_to_a_server(void **state)
{
	struct sink s = {0};
	AUTO_FREE char *url = NULL;
	struct mail_box box = {"hub@hub.example", NULL, NULL, NULL, key};
	struct err err = {0};
	int sent;

	(void)state;
	start_sink(&s);
	url = str_format("smtp://127.0.0.1:%d", s.port);
	box.smtp = url;
	send_to_queue(&box, "One", "text\n");
	assert_int_equal(mail_deliver(store, &box, start, &sent, &err), 0);
	stop_sink(&s);
	assert_int_equal(sent, 1);
	assert_non_null(strstr(str_get(&s.got), "MAIL FROM:<hub@hub.example>"));
	assert_non_null(strstr(str_get(&s.got), "RCPT TO:<a.b@x.example>"));
	assert_non_null(strstr(str_get(&s.got), "Subject: =?UTF-8?B?T25l?=\r\n"));
	assert_non_null(strstr(str_get(&s.got), "\r\n\r\ndGV4dAo=\r\n.\r\n"));
	str_clear(&s.got);
}

/* What a server refuses, or does not answer, waits: a minute, two, four. */
static void what_fails_is_tried_again(void **state)
{
	static const int64_t minute = 60000000;
	struct sink s = {.refuse = true};
	AUTO_FREE char *url = NULL;
	struct mail_box box = {"hub@hub.example", NULL, NULL, NULL, key};
	struct err err = {0};
	int sent;

	(void)state;
	start_sink(&s);
	url = str_format("smtp://127.0.0.1:%d", s.port);
	box.smtp = url;
	send_to_queue(&box, "Two", "text\n");
	assert_int_equal(mail_deliver(store, &box, start, &sent, &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	assert_null(strstr(err.msg, "a.b@x"));
	stop_sink(&s);
	assert_int_equal(mail_deliver(store, &box, start + minute - 1, &sent, &err), 0);
	assert_int_equal(mail_deliver(store, &box, start + minute, &sent, &err), -1);
	assert_int_equal(mail_deliver(store, &box, start + 3 * minute - 1, &sent, &err), 0);
	assert_int_equal(sent, 0);
	str_clear(&s.got);
	s = (struct sink){0};
	start_sink(&s);
	free(TAKE(url));
	url = str_format("smtp://127.0.0.1:%d", s.port);
	box.smtp = url;
	assert_int_equal(mail_deliver(store, &box, start + 3 * minute, &sent, &err), 0);
	assert_int_equal(sent, 1);
	stop_sink(&s);
	str_clear(&s.got);
}

static void addresses_are_judged(void **state)
{
	static const char *const good[] = {"a@b", "a.b+c@d.example", "o'neil@x.example"};
	static const char *const bad[] = {"", "a", "@", "a@", "@b", "a b@c", "a@b\r\nBcc: x@y",
	    "<a@b>", "a@b,c@d", "é@x.example", "a@b@c"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(mail_is_address(VIEW(good[i])));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(mail_is_address(VIEW(bad[i])));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(mail_becomes_a_file, open_store),
	    cmocka_unit_test(mail_goes_to_a_server),
	    cmocka_unit_test(what_fails_is_tried_again),
	    cmocka_unit_test_teardown(addresses_are_judged, close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
