// A backup of 100,000 people while the server goes on: how long it takes, and what it does to the others. One thread
// asks for a page over HTTPS, one writes with evidence; the slowest of each, before the backup and during it.
#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/backup.h"
#include "app/server.h"
#include "bench/fresh_installation.h"

namespace {

using namespace khien;
using bench::must;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kPeople = 100'000;
// A public key whose private key nobody kept.
constexpr const char* kRecipient = "age1vn75fahdu0swdsayhlprxgszq4xnad20jv94l9c86fyd942pw46ssrztgv";

/// Times of one kind of request, in milliseconds.
class Times {
 public:
  void add(SteadyClock::duration took) { all_.push_back(std::chrono::duration<double, std::milli>(took).count()); }
  [[nodiscard]] double at(double share) {
    if (all_.empty()) return 0;
    std::ranges::sort(all_);
    return all_[static_cast<std::size_t>(share * static_cast<double>(all_.size() - 1))];
  }
  [[nodiscard]] std::size_t count() const { return all_.size(); }

 private:
  std::vector<double> all_;
};

std::size_t forget(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

/// Requests until told to stop, about 200 a second.
Times pages(const std::string& url, const std::atomic<bool>& stop) {
  Times out;
  CURL* handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, (url + "/signin").c_str());
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &forget);
  while (!stop) {
    const auto began = SteadyClock::now();
    if (curl_easy_perform(handle) != CURLE_OK) std::abort();
    out.add(SteadyClock::now() - began);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  curl_easy_cleanup(handle);
  return out;
}

Times writes(app::Installation& opened, const people::By& by, const std::atomic<bool>& stop, int& number) {
  Times out;
  while (!stop) {
    const auto began = SteadyClock::now();
    must(opened.people().add_group(by, "bench-" + std::to_string(number++), "Nhóm"));
    out.add(SteadyClock::now() - began);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return out;
}

void backup_100000_people(benchmark::State& state) {
  bench::FreshInstallation fresh;
  fresh.add_province(demo::make_province(kPeople, 1, bench::kToday));
  auto server = must(app::Server::start(*fresh.opened, std::uint16_t{0}));
  int number = 0;
  const auto during = [&](const auto& work, const char* when) {
    std::atomic<bool> stop = false;
    Times page;
    Times write;
    std::thread reader([&] { page = pages(server->url(), stop); });
    std::thread writer([&] { write = writes(*fresh.opened, fresh.by, stop, number); });
    work();
    stop = true;
    reader.join();
    writer.join();
    const std::string name(when);
    state.counters["page_p99_ms_" + name] = page.at(0.99);
    state.counters["page_max_ms_" + name] = page.at(1);
    state.counters["write_p99_ms_" + name] = write.at(0.99);
    state.counters["write_max_ms_" + name] = write.at(1);
  };
  during([] { std::this_thread::sleep_for(std::chrono::seconds(5)); }, "before");
  for (auto _ : state) {
    const std::string file = fresh.folder.file("b" + std::to_string(number) + ".age");
    during(
        [&] {
          const auto made = must(app::make_backup(*fresh.opened, fresh.by, file, {kRecipient}));
          state.counters["MiB"] = static_cast<double>(made.bytes) / (1 << 20);
          state.counters["entries"] = static_cast<double>(made.manifest.entries);
        },
        "during");
    state.PauseTiming();
    std::error_code failed;
    state.counters["wal_MiB"] =
        static_cast<double>(std::filesystem::file_size(fresh.opened->folder.database() + "-wal", failed)) / (1 << 20);
    state.ResumeTiming();
  }
  server->stop();
}
BENCHMARK(backup_100000_people)->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
