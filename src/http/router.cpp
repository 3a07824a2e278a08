#include "http/router.h"

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

namespace khien::http {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  path.remove_prefix(1);
  while (true) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

struct Entry {
  Route route;
  std::vector<std::string> names;  // of the braces, in order
};

// Routes that end here, and the ways on: by a literal segment, by any one segment, by all the rest.
struct Node {
  std::map<std::string, Node, std::less<>> literal;
  std::unique_ptr<Node> any;
  std::unique_ptr<Node> rest;
  std::vector<std::unique_ptr<Entry>> entries;

  [[nodiscard]] const Entry* entry(Method method) const {
    const auto found = std::ranges::find_if(entries, [&](const auto& e) { return e->route.method == method; });
    return found == entries.end() ? nullptr : found->get();
  }
};

struct Found {
  const Node* node = nullptr;
  std::vector<std::string> values;
};

std::string joined(const std::vector<std::string_view>& segments, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < segments.size(); ++i) {
    if (i != from) text += '/';
    text += segments[i];
  }
  return text;
}

// Depth first, literal before any before rest. `fits` says whether a node will do.
template <class Fits>
bool walk(const Node& node, const std::vector<std::string_view>& segments, std::size_t at, Found& found,
          const Fits& fits) {
  if (at == segments.size()) {
    if (!fits(node)) return false;
    found.node = &node;
    return true;
  }
  const auto literal = node.literal.find(segments[at]);
  if (literal != node.literal.end() && walk(literal->second, segments, at + 1, found, fits)) return true;
  if (node.any && !segments[at].empty()) {
    found.values.emplace_back(segments[at]);
    if (walk(*node.any, segments, at + 1, found, fits)) return true;
    found.values.pop_back();
  }
  if (node.rest && fits(*node.rest)) {
    found.values.push_back(joined(segments, at));
    found.node = node.rest.get();
    return true;
  }
  return false;
}

[[noreturn]] void wrong(const std::string& pattern, std::string_view why) {
  throw std::invalid_argument("route " + pattern + ": " + std::string(why));
}

std::unique_ptr<Node>& made(std::unique_ptr<Node>& node) {
  if (!node) node = std::make_unique<Node>();
  return node;
}

}  // namespace

struct Router::Table {
  Node root;
  std::vector<const Route*> routes;
  ErrorPage error_page;
};

Router::Router() : table_(std::make_unique<Table>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route) {
  const std::string pattern = route.pattern;
  if (!pattern.starts_with('/')) wrong(pattern, "does not begin with '/'");
  if (!route.handler) wrong(pattern, "has no handler");
  auto entry = std::make_unique<Entry>();
  Node* node = &table_->root;
  bool ended = false;
  for (const std::string_view segment : segments_of(pattern)) {
    if (ended) wrong(pattern, "goes on after the rest");
    if (!segment.starts_with('{')) {
      if (segment.find_first_of("{}*") != std::string_view::npos) wrong(pattern, "has a brace inside a segment");
      node = &node->literal[std::string(segment)];
      continue;
    }
    if (!segment.ends_with('}') || segment.size() < 3) wrong(pattern, "has an unclosed or empty brace");
    std::string_view name = segment.substr(1, segment.size() - 2);
    ended = name.ends_with('*');
    if (ended) name.remove_suffix(1);
    entry->names.emplace_back(name);
    node = made(ended ? node->rest : node->any).get();
  }
  if (node->entry(route.method) != nullptr) wrong(pattern, "is there already");
  entry->route = std::move(route);
  table_->routes.push_back(&entry->route);
  node->entries.push_back(std::move(entry));
}

void Router::get(std::string pattern, Cost cost, Handler handler) {
  add({.method = Method::Get, .pattern = std::move(pattern), .cost = cost, .handler = std::move(handler)});
}

void Router::post(std::string pattern, Cost cost, Handler handler, std::size_t body_limit) {
  add({.method = Method::Post,
       .pattern = std::move(pattern),
       .cost = cost,
       .handler = std::move(handler),
       .body_limit = body_limit});
}

void Router::set_error_page(ErrorPage page) {
  table_->error_page = std::move(page);
}

std::vector<const Route*> Router::routes() const {
  return table_->routes;
}

Router::Match Router::match(Method method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  const auto segments = segments_of(path);
  const auto entry_in = [&](const Node& node) {
    const Entry* entry = node.entry(method);
    return entry == nullptr && method == Method::Head ? node.entry(Method::Get) : entry;
  };
  Found found;
  if (walk(table_->root, segments, 0, found, [&](const Node& node) { return entry_in(node) != nullptr; })) {
    const Entry* entry = entry_in(*found.node);
    match.route = &entry->route;
    for (std::size_t i = 0; i < entry->names.size(); ++i) {
      match.parameters.push_back({entry->names[i], std::move(found.values[i])});
    }
    return match;
  }
  Found other;
  if (walk(table_->root, segments, 0, other, [](const Node& node) { return !node.entries.empty(); })) {
    for (const auto& entry : other.node->entries) match.allowed.push_back(entry->route.method);
    if (other.node->entry(Method::Get) != nullptr && other.node->entry(Method::Head) == nullptr) {
      match.allowed.push_back(Method::Head);
    }
    if (other.node->entry(Method::Options) == nullptr) match.allowed.push_back(Method::Options);
  }
  return match;
}

Response Router::run(const Route& route, const Request& request,
                     const std::function<void(std::string_view)>& fault) const {
  std::string what;
  try {
    return route.handler(request);
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
    what = "an exception of unknown type";
  }
  if (fault) fault("handler of " + route.pattern + ": " + what);
  return error(request, 500);
}

Response Router::no_route(const Request& request, const Match& match) const {
  if (match.allowed.empty() && request.path != "*") return error(request, 404);
  std::string allow;
  for (const Method method : match.allowed) {
    if (!allow.empty()) allow += ", ";
    allow += name_of(method);
  }
  Response response = request.method == Method::Options ? Response(204) : error(request, 405);
  response.set("Allow", std::move(allow));
  return response;
}

Response Router::error(const Request& request, int status) const {
  const Text text = text_of_status(status);
  Response response = Response::error(status, text);
  if (table_->error_page && !request.path.empty()) {
    try {
      response = table_->error_page(request, status, text);
    } catch (...) {  // the plain answer stands: the page is only its clothing
      response = Response::error(status, text);
    }
    response.status = status;
  }
  if (status == 503) response.set("Retry-After", "2");
  return response;
}

Text text_of_status(int status) {
  switch (status) {
    case 404:
      return {"Không tìm thấy trang được yêu cầu.", "The requested page was not found."};
    case 405:
      return {"Địa chỉ này không nhận phương thức được yêu cầu.", "This address does not accept the request's method."};
    case 408:
      return {"Yêu cầu không được gửi hết trong thời gian cho phép.", "The request was not completed in time."};
    case 413:
      return {"Dữ liệu gửi lên vượt quá dung lượng cho phép.", "The data sent is larger than allowed."};
    case 417:
      return {"Máy chủ không đáp ứng được điều kiện Expect.", "The Expect condition cannot be met."};
    case 431:
      return {"Phần đầu của yêu cầu quá dài.", "The headers of the request are too long."};
    case 501:
      return {"Máy chủ không hỗ trợ yêu cầu này.", "The server does not support this request."};
    case 503:
      return Error::busy().text();
    case 505:
      return {"Máy chủ chỉ hỗ trợ HTTP/1.1.", "The server supports HTTP/1.1 only."};
    case 500:
      return Error::internal({}).text();
    default:
      return {"Yêu cầu không hợp lệ.", "The request is not valid."};
  }
}

}  // namespace khien::http
