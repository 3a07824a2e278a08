// What the tests of the reader share: a small letter around a request, and what it yields.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "letter/read.h"

namespace khien::letter::testing {

/// A complete letter of 2 June 2025 whose body is `body`.
inline std::string letter_with(std::string_view body) {
  return fmt::format(
      "SỞ NỘI VỤ TỈNH LÂM VIÊN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 5/SNV-VP\n"
      "V/v bảo đảm an toàn thông tin\n\nLâm Viên, ngày 02 tháng 6 năm 2025\n\nKính gửi: Các phòng, đơn vị.\n\n{}\n\n"
      "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n",
      body);
}

inline Reading read_body(std::string_view body) {
  auto reading = read(letter_with(body));
  EXPECT_TRUE(reading.has_value());
  return reading ? std::move(*reading) : Reading{};
}

/// `password.rotation` or, where advised, `password.rotation?`; sorted.
inline std::vector<std::string> kinds(const Reading& reading) {
  std::vector<std::string> out;
  for (const auto& control : reading.controls)
    out.push_back(std::string(policy::code_of(control.kind)) + (control.strength == Strength::Should ? "?" : ""));
  std::ranges::sort(out);
  return out;
}

inline const ProposedControl* find(const Reading& reading, policy::Kind kind) {
  for (const auto& control : reading.controls)
    if (control.kind == kind) return &control;
  return nullptr;
}

}  // namespace khien::letter::testing
