// A self-signed certificate for demonstrations and tests; a real installation brings its own.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "http/server.h"

namespace khien::http {

struct CertificateRequest {
  std::string common_name;             ///< at most 64 characters
  std::vector<std::string> dns_names;  ///< "localhost", "khien.example.gov.vn"
  std::vector<std::string> addresses;  ///< "127.0.0.1", "::1"
  std::chrono::days validity{398};
};

/// An ECDSA P-256 key and a certificate signed with it (X.509 v3, CA:FALSE, serverAuth), valid from an hour before
/// `now`. The serial number (RFC 5280 section 4.1.2.2) is random. Invalid: no name at all, or an address that is none.
Result<Tls> make_self_signed(const CertificateRequest& request, Instant now, Random& random);

/// SHA-256 fingerprint of the first certificate in the PEM text, as hexadecimal, for people to compare.
Result<std::string> fingerprint(const std::string& certificate_pem);

/// When the first certificate in the PEM text ends to be valid.
Result<Instant> valid_until(const std::string& certificate_pem);

}  // namespace khien::http
