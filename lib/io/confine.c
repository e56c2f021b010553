/* seccomp by a filter of our own: a list of what a reader never needs, refused with EPERM. */
#include "io/child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCH_WANTED ((uint32_t)AUDIT_ARCH_X86_64)
#elif defined(__aarch64__)
#define ARCH_WANTED ((uint32_t)AUDIT_ARCH_AARCH64)
#endif

static const uint32_t refused[] = {
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_writev,
    SYS_process_vm_readv,
    SYS_kill,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_unlinkat,
    SYS_renameat2,
    SYS_mkdirat,
    SYS_symlinkat,
    SYS_linkat,
    SYS_mknodat,
    SYS_fchmodat,
    SYS_fchmod,
    SYS_fchownat,
    SYS_fchown,
    SYS_truncate,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_setxattr,
    SYS_mount,
    SYS_umount2,
    SYS_chroot,
    SYS_pivot_root,
    SYS_setns,
    SYS_unshare,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_io_uring_setup,
    SYS_keyctl,
    SYS_add_key,
    SYS_openat2,
    SYS_memfd_create,
    SYS_userfaultfd,
    SYS_open_by_handle_at,
    SYS_name_to_handle_at,
#if defined(__x86_64__)
    SYS_open,
    SYS_creat,
    SYS_fork,
    SYS_vfork,
    SYS_unlink,
    SYS_rename,
    SYS_renameat,
    SYS_mkdir,
    SYS_rmdir,
    SYS_symlink,
    SYS_link,
    SYS_mknod,
    SYS_chmod,
    SYS_chown,
#endif
};

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))

/* x32 numbers its calls from here: they would pass the list. */
enum { OTHER_ABI = 0x40000000 };
enum { COUNT = ARRAY_LEN(refused),
	FIXED = 10 };

static size_t write_filter(struct sock_filter f[COUNT + FIXED])
{
	size_t n = 0;

	f[n++] = (struct sock_filter)LOAD(arch);
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH_WANTED, 1, 0);
	f[n++] = (struct sock_filter)ANSWER(SECCOMP_RET_KILL_PROCESS);
	f[n++] = (struct sock_filter)LOAD(nr);
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_ABI, COUNT + 4, 0);
	/* openat: its third argument may not ask for writing */
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 2);
	f[n++] = (struct sock_filter)LOAD(args[2]);
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
	    O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, COUNT + 1, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused[i],
		    (uint8_t)(COUNT - i), 0);
	f[n++] = (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW);
	f[n++] = (struct sock_filter)ANSWER(SECCOMP_RET_ERRNO | EPERM);
	return n;
}

static void forbid_calls(void)
{
#ifdef ARCH_WANTED
	struct sock_filter filter[COUNT + FIXED];
	struct sock_fprog program = {.filter = filter};

	program.len = (unsigned short)write_filter(filter);
	(void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#endif
}

/* The hard limit of CPU is a second later: SIGXCPU tells what it was, SIGKILL would not. */
static void limit(int what, uint64_t most)
{
	struct rlimit l = {most, most + (what == RLIMIT_CPU)};

	(void)setrlimit((__rlimit_resource_t)what, &l);
}

void child_confine(struct child_limits limits)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)prctl(PR_SET_DUMPABLE, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, 64);
	limit(RLIMIT_CPU, (uint64_t)limits.cpu_seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	limit(RLIMIT_AS, limits.memory_bytes);
#endif
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	forbid_calls();
}
