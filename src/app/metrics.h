// Figures for monitoring, in the text format of Prometheus. No figure names a person, a login or an address.
#pragma once

#include <memory>
#include <string>

#include "http/server.h"

namespace khien::app {

/// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void count_request(const http::AccessRecord& record);
  void set(const std::string& name, const std::string& help, double value);
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace khien::app
