// How we speak TLS: versions, ciphers, ALPN. Only for this folder.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "base/result.h"
#include "http/server.h"

namespace khien::http {

using TlsContext = boost::asio::ssl::context;

/// TLS 1.2 with forward-secret AEAD ciphers, or 1.3; server preference; HTTP/1.1 by ALPN (RFC 7301); session tickets,
/// no session cache. Invalid: texts that are not PEM, or a key that is not the certificate's.
Result<std::shared_ptr<TlsContext>> make_tls_context(const Tls& tls);

}  // namespace khien::http
