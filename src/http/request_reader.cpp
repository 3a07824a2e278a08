#include "http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "http/codec.h"
#include "http/form.h"

namespace khien::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using boost::core::string_view;

std::string text_of(string_view text) {
  return {text.data(), text.size()};
}

std::string_view view_of(string_view text) {
  return {text.data(), text.size()};
}

// absolute-form (RFC 9112 section 3.2.2): a server must accept it; scheme and authority say nothing that we use.
std::optional<std::string_view> origin_form(std::string_view target) {
  if (target.starts_with('/')) return target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t slash = target.find('/', scheme.size());
    return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  return std::nullopt;
}

// Fills path, raw query and query from the target. False if anything of it is not well-formed.
bool read_target(Request& request) {
  if (request.target == "*" && request.method == Method::Options) {
    request.path = "*";
    return true;
  }
  const auto target = origin_form(request.target);
  if (!target || target->find('#') != std::string_view::npos) return false;
  const std::size_t question = std::min(target->find('?'), target->size());
  auto path = decode_path(target->substr(0, question));
  if (!path) return false;
  request.path = std::move(*path);
  if (question == target->size()) return true;
  request.raw_query = target->substr(question + 1);
  auto query = parse_urlencoded(request.raw_query);
  if (!query) return false;
  request.query = std::move(*query);
  return true;
}

}  // namespace

// Writes straight into a Request: Beast's own containers would copy every header twice.
class RequestReader::Parser final : public beast::http::basic_parser<true> {
 public:
  Parser(std::size_t header_bytes, std::size_t header_lines) : header_bytes_(header_bytes), lines_(header_lines) {
    header_limit(
        static_cast<std::uint32_t>(std::min<std::size_t>(header_bytes, std::numeric_limits<std::uint32_t>::max())));
    body_limit(boost::none);  // allow_body() decides
    request_.headers.reserve(12);
  }

  std::size_t feed(std::string_view bytes) {
    // RFC 9112 section 2.2: one empty line before the request line is ignored.
    std::size_t taken = 0;
    if (!got_some() && !skipped_line_) {
      if (bytes == "\r") return 0;
      skipped_line_ = true;
      if (bytes.starts_with("\r\n")) taken = 2;
    }
    const State before = state_;
    bool hungry = false;
    while (taken < bytes.size() && state_ == before && !hungry) {
      error_code error;
      const std::size_t begin = taken;
      taken += put(boost::asio::const_buffer(bytes.data() + taken, bytes.size() - taken), error);
      if (state_ == State::Head && has_folded_line(bytes.substr(begin, taken - begin))) fail(400);
      hungry = error == beast::http::error::need_more;
      if (error && !hungry) fail(status_for(error));
      if (state_ == State::Head && is_header_done()) finish_head();
      if (state_ == State::Body && is_done()) state_ = State::Done;
    }
    if (before == State::Head) head_taken_ += taken;
    // Beast bounds what it has not consumed yet; this bounds the whole head.
    if (state_ == State::Head && head_taken_ + (bytes.size() - taken) >= header_bytes_) fail(431);
    // A chunk's line or a trailer that does not fit where a whole head does.
    if (taken == 0 && bytes.size() >= header_bytes_) fail(400);
    return taken;
  }

  void allow_body(std::size_t limit) {
    limit_ = limit;
    const auto announced = content_length();
    if (announced && *announced > limit) return fail(413);
    if (announced) request_.body.reserve(static_cast<std::size_t>(*announced));
  }

  [[nodiscard]] bool expects_continue() const { return expects_continue_ && state_ == State::Body; }
  [[nodiscard]] bool wants_more_requests() const { return is_header_done() && version_ == 11 && keep_alive(); }

  State state_ = State::Head;
  int status_ = 0;
  Request request_;

 private:
  void fail(int status) {
    if (state_ == State::Failed) return;
    state_ = State::Failed;
    status_ = status;
  }

  int status_for(const error_code& error) const {
    if (refused_ != 0) return refused_;
    if (error == beast::http::error::header_limit) return 431;
    if (error == beast::http::error::body_limit || error == beast::http::error::buffer_overflow) return 413;
    if (error == beast::http::error::bad_version) return 505;
    return 400;
  }

  // A line that goes on from the one before (obs-fold): RFC 9112 section 5.2 lets a server refuse it. Beast joins the
  // lines, who stands before us may see another header. `head` continues what it was called with before.
  bool has_folded_line(std::string_view head) {
    bool found = false;
    for (const char c : head) {
      found = found || (line_begins_ && (c == ' ' || c == '\t'));
      line_begins_ = c == '\n';
    }
    return found;
  }

  // Stops the parser and remembers what to answer.
  void refuse(int status, error_code& error) {
    refused_ = status;
    error = beast::http::error::bad_field;
  }

  void finish_head() {
    // RFC 9112 section 3.2: exactly one Host in HTTP/1.1.
    if (version_ == 11 && hosts_ != 1) return fail(400);
    if (hosts_ > 1) return fail(400);
    // Only chunked: anything else would leave us with a body that we cannot read (section 6.1). HTTP/1.0 has none.
    if (encodings_ > 0 && version_ == 10) return fail(400);
    if (encodings_ > 1 || (encodings_ == 1 && !only_chunked_)) return fail(501);
    if (!read_target(request_)) return fail(400);
    if (bad_expectation_) return fail(417);
    state_ = State::Body;
  }

  void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                       error_code& error) override {
    version_ = version;
    const auto known = http::parse_method(view_of(method));
    if (!known) return refuse(501, error);
    request_.method = *known;
    request_.target = text_of(target);
  }

  void on_response_impl(int, string_view, int, error_code& error) override { refuse(400, error); }

  void on_field_impl(beast::http::field field, string_view name, string_view value, error_code& error) override {
    if (state_ != State::Head) return;  // trailers may not add headers behind the checks
    if (request_.headers.size() == lines_) return refuse(431, error);
    switch (field) {
      case beast::http::field::host:
        ++hosts_;
        break;
      case beast::http::field::content_length:
        // Beast takes "3, 3" and repetitions, as it may (RFC 9110 section 8.6); who stands before us may not.
        if (++lengths_ > 1 || value.find(',') != string_view::npos) return refuse(400, error);
        break;
      case beast::http::field::transfer_encoding:
        ++encodings_;
        only_chunked_ = same_name(view_of(value), "chunked");
        break;
      case beast::http::field::expect:
        expects_continue_ = same_name(view_of(value), "100-continue") && version_ == 11;
        bad_expectation_ = !expects_continue_ && version_ == 11;
        break;
      default:
        break;
    }
    request_.headers.push_back({text_of(name), text_of(value)});
  }

  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

  std::size_t on_body_impl(string_view body, error_code& error) override {
    if (body.size() > limit_ - request_.body.size()) {
      error = beast::http::error::body_limit;
      return 0;
    }
    request_.body.append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code& error) override {
    return on_body_impl(body, error);
  }

  void on_finish_impl(error_code&) override {}

  std::size_t header_bytes_;
  std::size_t head_taken_ = 0;
  std::size_t lines_;
  std::size_t limit_ = 0;
  int version_ = 11;
  int refused_ = 0;
  int hosts_ = 0;
  int encodings_ = 0;
  int lengths_ = 0;
  bool skipped_line_ = false;
  bool line_begins_ = false;
  bool only_chunked_ = false;
  bool expects_continue_ = false;
  bool bad_expectation_ = false;
};

RequestReader::RequestReader(std::size_t header_bytes, std::size_t header_lines)
    : parser_(std::make_unique<Parser>(header_bytes, header_lines)) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::size_t RequestReader::feed(std::string_view bytes) {
  return parser_->feed(bytes);
}
RequestReader::State RequestReader::state() const {
  return parser_->state_;
}
int RequestReader::status() const {
  return parser_->status_;
}
void RequestReader::allow_body(std::size_t limit) {
  parser_->allow_body(limit);
}
bool RequestReader::expects_continue() const {
  return parser_->expects_continue();
}
Request& RequestReader::request() {
  return parser_->request_;
}
bool RequestReader::keep_alive() const {
  return parser_->wants_more_requests();
}

}  // namespace khien::http
