#include "http/tls_context.h"

#include <openssl/ssl.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstring>
#include <string>
#include <string_view>

namespace khien::http {
namespace {

namespace ssl = boost::asio::ssl;

constexpr const char* kCiphers12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr std::string_view kHttp11 = "http/1.1";

Failure invalid(std::string_view what, const std::string& detail) {
  return Failure(
      Error::invalid({"Chứng thư hoặc khóa TLS không dùng được.", "The TLS certificate or key cannot be used."},
                     std::string(what) + ": " + detail));
}

// The client offers names, each preceded by its length. One who offers only others (h2) is told so (RFC 7301 3.2).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned int size, void*) {
  for (unsigned int i = 0; i < size; i += 1U + offered[i]) {
    const unsigned int length = offered[i];
    if (i + 1 + length > size) break;
    if (std::string_view(reinterpret_cast<const char*>(offered + i + 1), length) == kHttp11) {
      *out = offered + i + 1;
      *out_size = static_cast<unsigned char>(length);
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool set_manners(SSL_CTX* context) {
  constexpr std::string_view kSessions = "khien";
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, kCiphers12) == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 && SSL_CTX_set_num_tickets(context, 1) == 1 &&
         SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(kSessions.data()),
                                        static_cast<unsigned int>(kSessions.size())) == 1;
}

}  // namespace

Result<std::shared_ptr<TlsContext>> make_tls_context(const Tls& tls) {
  boost::system::error_code error;
  auto context = std::make_shared<TlsContext>(TlsContext::tls_server);
  if (!set_manners(context->native_handle())) return Failure(Error::internal("TLS settings are refused by OpenSSL"));
  context->use_certificate_chain(boost::asio::buffer(tls.certificate_pem), error);
  if (error) return invalid("certificate", error.message());
  const std::string_view key = tls.key_pem.reveal();
  context->use_private_key(boost::asio::buffer(key.data(), key.size()), TlsContext::pem, error);
  if (error) return invalid("key", error.message());
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) return invalid("key", "is not the certificate's");
  return context;
}

}  // namespace khien::http
