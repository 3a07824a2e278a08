#include "credentials/issue.h"

#include <algorithm>
#include <string>

namespace khien::credentials {
namespace {

// 16 letters give 4 bits each, 8 digits 3: four groups of four have 3 · 16 + 12 = 60 bits.
constexpr std::string_view kUpper = "BCFGHJKMNPQRSTVX";
constexpr std::string_view kLower = "bcfghjkmnpqrstvx";
constexpr std::string_view kDigits = "23456789";
constexpr std::string_view kSpecial = "-+=?";
constexpr std::size_t kGroup = 4;
constexpr int kGrouped = 4 * 4 + 3;
/// 44 characters, 5.4 bits each: 12 of them hold 65 bits, and still 60 after those that do not conform are thrown away.
constexpr int kShortest = 12;

char draw(std::string_view from, Random& random) {
  return from[random.below(from.size())];
}

void add_group(std::string& out, std::string_view from, Random& random) {
  if (!out.empty()) out += '-';
  for (std::size_t i = 0; i < kGroup; ++i) out += draw(from, random);
}

std::string grouped(int min_length, Random& random) {
  std::string out;
  out.reserve(256);
  add_group(out, kUpper, random);
  add_group(out, kLower, random);
  add_group(out, kDigits, random);
  add_group(out, kLower, random);
  while (static_cast<int>(out.size()) < min_length) add_group(out, kLower, random);
  return out;
}

std::string dense(int length, Random& random) {
  const std::string all = std::string(kUpper) + std::string(kLower) + std::string(kDigits) + std::string(kSpecial);
  std::string out;
  for (int i = 0; i < length; ++i) out += draw(all, random);
  return out;
}

}  // namespace

Result<Secret> issue_password(const Composition& composition, Random& random) {
  const int most = std::max(composition.max_length.value_or(1 << 20), composition.min_length);
  if (most < kShortest)
    return Failure(Error::invalid(
        Text::format("Không cấp được mật khẩu đủ mạnh: hệ thống chỉ nhận tối đa {0} ký tự, cần ít nhất {1}.",
                     "No strong password can be issued: the system takes at most {0} characters, {1} are needed.", most,
                     kShortest)));
  if (most >= kGrouped) {
    // Whole groups may overshoot a narrow range of lengths; then the dense form fits.
    Secret password(grouped(composition.min_length, random));
    if (violations(password.reveal(), composition).empty()) return password;
  }
  for (;;) {
    Secret password(dense(std::min(most, std::max(composition.min_length, kGrouped)), random));
    if (violations(password.reveal(), composition).empty()) return password;
  }
}

}  // namespace khien::credentials
