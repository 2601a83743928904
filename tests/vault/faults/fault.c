/* Fails, tears or ends the n-th write-like call below one folder. Loaded with LD_PRELOAD.
 *
 * fault_arm(mode, at, folder) starts counting; fault_disarm() stops and returns how many calls were
 * seen. Modes: 0 count only, 1 kill, 2 torn write then kill, 3 EIO once, 4 ENOSPC once,
 * 5 ENOSPC from then on, 6 EROFS from then on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int mode = -1, at, seen;
static char folder[4096];

void fault_arm(int new_mode, int new_at, const char *where) {
    snprintf(folder, sizeof folder, "%s", where);
    seen = 0; at = new_at; mode = new_mode;
}
int fault_disarm(void) { mode = -1; return seen; }

static int below(const char *path) { return strncmp(path, folder, strlen(folder)) == 0; }
static int ours(int fd) {
    char link[64], path[4096];
    if (mode < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return below(path);
}
/* 0: go on; 1: fail with errno set; 2: tear. */
static int due(void) {
    int number = seen++;
    if (mode == 0 || number < at) return 0;
    if (number > at && mode < 5) return 0;
    switch (mode) {
    case 1: kill(getpid(), SIGKILL); pause(); return 1;
    case 2: return 2;
    case 3: errno = EIO; return 1;
    case 6: errno = EROFS; return 1;
    default: errno = ENOSPC; return 1;
    }
}
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define END() do { kill(getpid(), SIGKILL); pause(); } while (0)

#define WRITER(name, args, pass, torn)                      \
    ssize_t name args {                                     \
        if (ours(fd)) {                                     \
            int what = due();                               \
            if (what == 1) return -1;                       \
            if (what == 2) { REAL(name) torn; END(); }      \
        }                                                   \
        return REAL(name) pass;                             \
    }
WRITER(write, (int fd, const void *b, size_t n), (fd, b, n), (fd, b, n / 2))
WRITER(pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o), (fd, b, n / 2, o))
WRITER(pwrite64, (int fd, const void *b, size_t n, off64_t o), (fd, b, n, o), (fd, b, n / 2, o))

#define ON_FILE(name, args, pass)                           \
    int name args {                                         \
        if (ours(fd)) {                                     \
            int what = due();                               \
            if (what == 1) return -1;                       \
            if (what == 2) END();                           \
        }                                                   \
        return REAL(name) pass;                             \
    }
ON_FILE(fsync, (int fd), (fd))
ON_FILE(fdatasync, (int fd), (fd))
ON_FILE(ftruncate, (int fd, off_t n), (fd, n))
ON_FILE(ftruncate64, (int fd, off64_t n), (fd, n))
ON_FILE(fchmod, (int fd, mode_t m), (fd, m))

#define ON_NAME(name, args, pass)                           \
    int name args {                                         \
        if (mode >= 0 && below(path)) {                     \
            int what = due();                               \
            if (what == 1) return -1;                       \
            if (what == 2) END();                           \
        }                                                   \
        return REAL(name) pass;                             \
    }
ON_NAME(rename, (const char *path, const char *to), (path, to))
ON_NAME(unlink, (const char *path), (path))
ON_NAME(mkdir, (const char *path, mode_t m), (path, m))

#define OPENER(name)                                        \
    int name(const char *path, int flags, ...) {            \
        va_list list; va_start(list, flags);                \
        mode_t bits = va_arg(list, mode_t); va_end(list);   \
        if (mode >= 0 && (flags & O_CREAT) && below(path)) {\
            int what = due();                               \
            if (what == 1) return -1;                       \
            if (what == 2) END();                           \
        }                                                   \
        return REAL(name)(path, flags, bits);               \
    }
OPENER(open)
OPENER(open64)
