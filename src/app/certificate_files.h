// The certificate and key that the server shows, in two files that somebody renews while it runs.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "http/server.h"

namespace khien::app {

class CertificateFiles {
 public:
  CertificateFiles(std::string certificate, std::string key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}

  /// The pair if it is not what the last call found; nullopt if nothing has changed. So each change, and each failure
  /// to read, is told once. The two need not fit: a renewal may be seen half done.
  Result<std::optional<http::Tls>> changed();

 private:
  std::string certificate_;
  std::string key_;
  std::string found_;  ///< digest of what the last call found
};

}  // namespace khien::app
