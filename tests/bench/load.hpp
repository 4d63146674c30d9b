#pragma once

#include <chrono>
#include <string>

namespace atrapa::bench {

/// Requests a second that a server on this machine answers, the same request over and over on so
/// many kept-alive connections. Throws std::runtime_error when an answer is not 200 or a connection
/// ends.
double requests_per_second(int port, const std::string& request, int connections,
                           std::chrono::milliseconds duration);

/// A connected TCP socket to 127.0.0.1. Throws std::runtime_error.
int connect_to(int port);

/// Sends the request on it and reads one whole answer. Throws std::runtime_error unless it is 200.
void ask(int descriptor, const std::string& request);

}  // namespace atrapa::bench
