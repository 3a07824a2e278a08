// Figures for monitoring, in the text format of Prometheus. No figure names a person, a login or an address.
#pragma once

#include <cstdint>
#include <map>
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
  /// A counter of that total, which is kept elsewhere and never falls. Labels and their values are few words of ours.
  void set_total(const std::string& name, const std::string& help, std::uint64_t total,
                 const std::map<std::string, std::string>& labels = {});
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace khien::app
