// A client for bench/server.ts, as wrk: one thread, connections that stay open, GET requests of one path, one at a time on each.
// Prints the requests a second and the latencies in microseconds (50, 90, 99 and 99.9 %) as JSON. Build: cc -O2 load.c -o load
//
// load PORT CONNECTIONS SECONDS RATE HEADER PATH; a rate of 0 is as fast as the server answers. With a rate, a request is late by
// the time at which it should have been sent, so that a server that stops for a moment is not asked less.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

typedef struct { int fd, busy; size_t got; double due; char text[65536]; } client;

static int compare(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : *(double *)a > *(double *)b; }

int main(int count, char **args) {
  if (count != 7) return 2;
  int port = atoi(args[1]), connections = atoi(args[2]);
  double seconds = atof(args[3]), rate = atof(args[4]);
  char request[4096];
  int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s\r\n", args[6], port, args[5], *args[5] ? "\r\n" : "");
  int poll = epoll_create1(0);
  client *clients = calloc(connections, sizeof(client));
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  for (int i = 0; i < connections; i++) {
    int one = 1, fd = clients[i].fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) return 3;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = &clients[i] };
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
  }
  size_t most = 20000000, done = 0, sent = 0, failed = 0;
  double *latency = malloc(most * sizeof(double)), start = now(), end = start + seconds * 1e6;
  for (;;) {
    double time = now();
    if (time >= end) break;
    for (int i = 0; i < connections; i++) {
      client *c = &clients[i];
      double due = rate > 0 ? start + sent / rate * 1e6 : time;
      if (c->busy || due > time) continue;
      if (write(c->fd, request, size) != size) return 4;
      c->busy = 1, c->got = 0, c->due = due, sent++;
    }
    struct epoll_event events[64];
    int ready = epoll_wait(poll, events, 64, rate > 0 ? 1 : 100);
    for (int i = 0; i < ready; i++) {
      client *c = events[i].data.ptr;
      ssize_t more = read(c->fd, c->text + c->got, sizeof c->text - 1 - c->got);
      if (more <= 0) return 5;
      c->text[c->got += more] = 0;
      char *body = strstr(c->text, "\r\n\r\n"), *length = strcasestr(c->text, "content-length:");
      if (body == NULL || length == NULL || c->got < body - c->text + 4 + (size_t)atol(length + 15)) continue;
      if (strncmp(c->text + 9, "200", 3) != 0) failed++;
      if (done < most) latency[done++] = now() - c->due;
      c->busy = 0;
    }
  }
  double took = (now() - start) / 1e6;
  qsort(latency, done, sizeof(double), compare);
  printf("{\"perSecond\":%.0f,\"failed\":%zu,\"p50\":%.0f,\"p90\":%.0f,\"p99\":%.0f,\"p999\":%.0f}\n", done / took, failed,
         latency[done / 2], latency[done * 9 / 10], latency[done * 99 / 100], latency[(size_t)(done * 0.999)]);
}
