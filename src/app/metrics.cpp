#include "app/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>

namespace khien::app {

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("khien_http_requests_total")
                                                          .Help("Answered HTTP requests by route and status")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("khien_http_request_seconds")
                                                           .Help("Time from request to answer by route")
                                                           .Register(registry);
  std::mutex mutex;
  std::map<std::string, prometheus::Gauge*> gauges;
  std::map<std::string, prometheus::Family<prometheus::Counter>*> counters;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(const http::AccessRecord& record) {
  // Routes are patterns of ours and few: strangers cannot make new series.
  const std::string route(record.route.empty() ? "none" : record.route);
  state_->requests.Add({{"route", route}, {"status", std::to_string(record.status)}}).Increment();
  static const prometheus::Histogram::BucketBoundaries kBuckets{0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};
  state_->seconds.Add({{"route", route}}, kBuckets).Observe(static_cast<double>(record.duration.count()) / 1e6);
}

void Metrics::set(const std::string& name, const std::string& help, double value) {
  const std::lock_guard lock(state_->mutex);
  auto& gauge = state_->gauges[name];
  if (gauge == nullptr) gauge = &prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add({});
  gauge->Set(value);
}

void Metrics::set_total(const std::string& name, const std::string& help, std::uint64_t total,
                        const std::map<std::string, std::string>& labels) {
  const std::lock_guard lock(state_->mutex);
  auto& family = state_->counters[name];
  if (family == nullptr) family = &prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
  auto& counter = family->Add(labels);
  counter.Increment(static_cast<double>(total) - counter.Value());
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace khien::app
