/* Runs the program `provider` in its own directory. Appends that program's CPU time in microseconds and peak
   resident memory in kilobytes to the file that BENCH_USAGE names. A CLI starts this in the provider's place. */

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    char own[4096], program[4200];
    (void)argc;
    snprintf(own, sizeof own, "%s", argv[0]);
    snprintf(program, sizeof program, "%s/provider", dirname(own));

    pid_t child = fork();
    if (child == 0) {
        execv(program, argv);
        perror(program);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror(argv[0]);
        return 127;
    }
    FILE *file = fopen(getenv("BENCH_USAGE"), "a");
    if (file == NULL) {
        perror("BENCH_USAGE");
        return 127;
    }
    struct timeval user = usage.ru_utime, system = usage.ru_stime;
    long long microseconds = (user.tv_sec + system.tv_sec) * 1000000LL + user.tv_usec + system.tv_usec;
    fprintf(file, "%lld %ld\n", microseconds, usage.ru_maxrss);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
