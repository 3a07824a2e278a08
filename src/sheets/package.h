// The parts of an Office Open XML package (a zip), unpacked as they are read and never to more than the limits allow.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/result.h"
#include "sheets/types.h"
#include "sheets/xml.h"

namespace khien::sheets {

class Package {
 public:
  /// Keeps a view of `bytes`, which must outlive it.
  static Result<Package> open(ByteView bytes, std::string_view file_name, const Limits& limits);

  /// Part names are compared as OPC asks: without regard to case; a leading slash does not matter.
  [[nodiscard]] bool has(std::string_view part) const;
  /// Runs `reader` over the XML of a part. Bytes are counted over all calls.
  Result<void> read(std::string_view part, const std::function<Result<void>(XmlReader&)>& reader);

  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  Package(ByteView bytes, std::string_view file_name, const Limits& limits);
  Result<std::size_t> pull(void* archive, std::span<char> out);

  ByteView bytes_;
  std::string file_;
  Limits limits_;
  std::vector<std::string> parts_;
  std::size_t unpacked_ = 0;
};

/// The part that `target` means in a relation of a part in `folder`: "../a.xml" in "xl/worksheets" is "xl/a.xml".
std::string resolve_part(std::string_view folder, std::string_view target);

}  // namespace khien::sheets
