// XML read forward, piece by piece, by libxml2: no entities, no document types, no network, bounded depth.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khien::sheets {

class XmlReader {
 public:
  /// Fills the span and says how much; 0 at the end.
  using Source = std::function<Result<std::size_t>(std::span<char>)>;
  enum class Piece { Start, End, Text, Finish };

  /// `part` names the document in messages.
  XmlReader(Source source, std::string file, std::string part);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// The next piece. Every Start has its End, also for an empty element.
  Result<Piece> next();
  /// Of a Start or End: the name without its prefix.
  [[nodiscard]] std::string_view name() const;
  /// Of a Text.
  [[nodiscard]] std::string_view text() const;
  /// Of a Start: an attribute by its name without prefix.
  [[nodiscard]] std::optional<std::string> attribute(std::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace khien::sheets
