#include "base/result.h"

#include <map>
#include <tuple>

namespace khien {
namespace {

/// Files stay in the order in which they are first named; what has no place is of no file.
auto by_place(const std::vector<Error>& errors) {
  std::map<std::string, std::size_t> files;
  std::multimap<std::tuple<std::size_t, std::size_t, std::size_t>, const Error*> out;  // equal keys stay as they come
  for (const Error& error : errors) {
    const Place place = error.place().value_or(Place{});
    const std::size_t file = files.try_emplace(place.file, files.size()).first->second;
    out.emplace(std::tuple(file, place.line, place.column), &error);
  }
  return out;
}

}  // namespace

Error combine(const std::vector<Error>& errors) {
  if (errors.size() == 1) return errors.front();
  Text text;
  std::string detail;
  const auto sorted = by_place(errors);
  for (const auto& [place, error] : sorted) {
    text.vi += (text.vi.empty() ? "" : "\n") + error->line(Language::Vietnamese);
    text.en += (text.en.empty() ? "" : "\n") + error->line(Language::English);
    if (!error->detail().empty()) detail += (detail.empty() ? "" : "; ") + error->detail();
  }
  return {sorted.empty() ? ErrorKind::Internal : sorted.begin()->second->kind(), std::move(text), std::move(detail)};
}

}  // namespace khien
