// Who may read what is only for this machine: figures and whole entries of the log.
#pragma once

#include <string>

#include "http/types.h"

namespace khien::app {

enum class Origin {
  Local,    ///< somebody on this machine, who asked us directly
  Proxied,  ///< from this machine, but on behalf of somebody: a proxy stands before us
  Remote,   ///< another machine
};

/// Fails closed: a proxy in front of us, named as trusted or not, is given away by the headers that it adds (Forwarded,
/// Via, any X-Forwarded-…, X-Original-…, X-Real-IP, X-Client-IP) or by a Host that is not exactly one of this machine.
/// One that adds nothing and sends a Host of this machine cannot be told from somebody local.
Origin origin_of(const http::Request& request);

/// Which header shows it; empty if none does.
std::string mark_of_proxy(const http::Request& request);

}  // namespace khien::app
