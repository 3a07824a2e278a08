#include "app/certificate_files.h"

#include "app/folder.h"
#include "base/digest.h"
#include "base/encoding.h"

namespace khien::app {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;

}  // namespace

Result<std::optional<http::Tls>> CertificateFiles::changed() {
  auto certificate = read_file(certificate_, kMostBytes);
  auto key = read_file(key_, kMostBytes);
  const auto said = [](const Result<std::string>& file) {
    return file ? *file : "!" + file.error().line(Language::English);
  };
  const Secret both(said(certificate) + '\0' + said(key));
  auto found = hex(sha256(both.bytes()));
  if (found == found_) return std::nullopt;
  found_ = std::move(found);
  if (!certificate) return Failure(std::move(certificate).error());
  if (!key) return Failure(std::move(key).error());
  return http::Tls{std::move(*certificate), Secret(std::move(*key))};
}

}  // namespace khien::app
