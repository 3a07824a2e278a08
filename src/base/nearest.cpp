#include "base/nearest.h"

#include <algorithm>
#include <utility>

#include "base/vietnamese.h"

namespace khien {
namespace {

constexpr std::size_t kMost = 3;
constexpr std::size_t kLongest = 64;  ///< what is compared of a name

}  // namespace

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + other});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  return cost[a.size()][b.size()];
}

std::vector<std::string> nearest(std::string_view wanted, std::vector<std::string> known) {
  const auto form = [](std::string_view text) { return fold(text).substr(0, kLongest); };
  const std::string typed = form(wanted);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  ranked.reserve(known.size());
  for (auto& name : known) {
    const std::size_t distance = edits(typed, form(name));
    ranked.emplace_back(distance, std::move(name));
  }
  std::ranges::sort(ranked);
  const auto repeated = std::ranges::unique(ranked);
  ranked.erase(repeated.begin(), repeated.end());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(kMost, ranked.size()); ++i) out.push_back(std::move(ranked[i].second));
  return out;
}

Text nearest_words(std::string_view wanted, std::vector<std::string> known) {
  std::string list;
  for (const auto& name : nearest(wanted, std::move(known))) list += (list.empty() ? "" : ", ") + name;
  if (list.empty()) return {" Ở đây chưa có cái nào.", " There is none here yet."};
  return Text::format(" Gần nhất: {0}.", " Nearest: {0}.", list);
}

}  // namespace khien
