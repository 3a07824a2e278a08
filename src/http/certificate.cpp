#include "http/certificate.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <string_view>

#include "base/digest.h"
#include "base/encoding.h"

namespace khien::http {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

Failure broken(std::string_view step) {
  return Failure(Error::internal("making a certificate: " + std::string(step)));
}

Failure invalid(std::string detail) {
  return Failure(Error::invalid(
      {"Tên hoặc địa chỉ cho chứng thư không hợp lệ.", "The names or addresses for the certificate are not valid."},
      std::move(detail)));
}

// What may stand in OpenSSL's own little language for extensions without meaning something there.
bool is_plain_name(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:*_";
  return !name.empty() && name.size() <= 253 && name.find_first_not_of(kAllowed) == std::string_view::npos;
}

Result<std::string> alternative_names(const CertificateRequest& request) {
  std::string list;
  const auto add = [&](std::string_view kind, const std::string& name) {
    list.append(list.empty() ? "" : ",").append(kind).append(":").append(name);
  };
  for (const std::string& name : request.dns_names) {
    if (!is_plain_name(name)) return invalid("DNS name");
    add("DNS", name);
  }
  for (const std::string& address : request.addresses) {
    if (!is_plain_name(address)) return invalid("address");
    add("IP", address);
  }
  if (list.empty()) return invalid("neither a name nor an address");
  return list;
}

bool add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate, Random& random) {
  std::array<unsigned char, 16> bytes{};
  random.fill(bytes);
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);  // positive, and always 16 bytes long
  const Number number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_validity(X509* certificate, Instant now, std::chrono::days validity) {
  const auto from = std::chrono::floor<std::chrono::seconds>(now - std::chrono::hours{1});
  const auto to = from + validity;
  return ASN1_TIME_set(X509_getm_notBefore(certificate), from.time_since_epoch().count()) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), to.time_since_epoch().count()) != nullptr;
}

bool set_name(X509* certificate, const std::string& common_name) {
  X509_NAME* name = X509_get_subject_name(certificate);
  return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1;
}

Secret read_all(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return Secret(std::string(data, static_cast<std::size_t>(size)));
}

}  // namespace

Result<Tls> make_self_signed(const CertificateRequest& request, Instant now, Random& random) {
  const std::string names = TRY(alternative_names(request));
  if (request.common_name.empty() || request.common_name.size() > 64) return invalid("common name");
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  if (!key || !certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1) return broken("key");
  if (!set_serial(certificate.get(), random) || !set_validity(certificate.get(), now, request.validity) ||
      !set_name(certificate.get(), request.common_name) || X509_set_pubkey(certificate.get(), key.get()) != 1) {
    return broken("fields");
  }
  if (!add_extension(certificate.get(), NID_subject_alt_name, names)) return invalid("refused: " + names);
  if (!add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(certificate.get(), NID_subject_key_identifier, "hash")) {
    return broken("extensions");
  }
  if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) return broken("signature");
  const Memory certificate_text(BIO_new(BIO_s_mem()));
  const Memory key_text(BIO_new(BIO_s_secmem()));
  if (!certificate_text || !key_text || PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
      PEM_write_bio_PKCS8PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return broken("PEM");
  }
  return Tls{.certificate_pem = std::string(read_all(certificate_text.get()).reveal()),
             .key_pem = read_all(key_text.get())};
}

namespace {

Result<Certificate> first_certificate(const std::string& pem) {
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Certificate certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!certificate) return Failure(Error::invalid({"Không đọc được chứng thư.", "The certificate cannot be read."}));
  return certificate;
}

}  // namespace

Result<std::string> fingerprint(const std::string& certificate_pem) {
  const Certificate certificate = TRY(first_certificate(certificate_pem));
  std::array<unsigned char, 32> digest{};
  unsigned int size = digest.size();
  if (X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1)
    return Failure(Error::invalid({"Không đọc được chứng thư.", "The certificate cannot be read."}));
  return hex(digest);
}

Result<Instant> valid_until(const std::string& certificate_pem) {
  const Certificate certificate = TRY(first_certificate(certificate_pem));
  std::tm ends{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &ends) != 1)
    return Failure(Error::invalid({"Không đọc được chứng thư.", "The certificate cannot be read."}));
  return Instant(std::chrono::seconds(timegm(&ends)));
}

}  // namespace khien::http
