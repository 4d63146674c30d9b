#pragma once

#include <sys/types.h>

/// What must not stay behind when this program is ended by SIGINT, SIGTERM or SIGHUP: processes
/// that it started, directories that it made. Whoever handles one of these signals before the first
/// call here keeps it, and looks after this by itself. Any thread.
namespace atrapa::harness::endings {

/// While one lives, a signal that ends this program waits: what is being made can still be added.
class Starting {
 public:
  Starting();
  ~Starting();
  Starting(const Starting&) = delete;
  Starting& operator=(const Starting&) = delete;
};

/// The group of that process is killed.
void add_group(pid_t leader);
void drop_group(pid_t leader);

/// The directory is removed with all that is in it. The text has to live until it is dropped.
void add_directory(const char* path);
void drop_directory(const char* path);

}  // namespace atrapa::harness::endings
