#include "base/result.h"

namespace khien {

Error combine(const std::vector<Error>& errors) {
  if (errors.size() == 1) return errors.front();
  Text text;
  std::string detail;
  for (const Error& error : errors) {
    text.vi += (text.vi.empty() ? "" : "\n") + error.line(Language::Vietnamese);
    text.en += (text.en.empty() ? "" : "\n") + error.line(Language::English);
    if (!error.detail().empty()) detail += (detail.empty() ? "" : "; ") + error.detail();
  }
  return {errors.empty() ? ErrorKind::Internal : errors.front().kind(), std::move(text), std::move(detail)};
}

}  // namespace khien
