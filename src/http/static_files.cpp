#include "http/static_files.h"

#include <array>
#include <map>
#include <utility>

#include "base/digest.h"
#include "base/encoding.h"

namespace khien::http {
namespace {

constexpr std::string_view kForAYear = "public, max-age=31536000, immutable";

constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kTypes{{
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".yaml", "application/yaml"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".gif", "image/gif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".pdf", "application/pdf"},
    {".wasm", "application/wasm"},
}};

struct File {
  std::shared_ptr<const std::string> bytes;
  std::string etag;
  std::string_view type;
};

std::string digest_of_all(std::span<const EmbeddedFile> files) {
  std::map<std::string_view, std::string_view> in_order;
  for (const EmbeddedFile& file : files) in_order[file.name] = file.bytes;
  std::string all;
  for (const auto& [name, bytes] : in_order) {
    const Digest digest = sha256(bytes_of(bytes));
    all.append(name).push_back('\0');
    all.append(text_of(digest));
  }
  return hex(sha256(bytes_of(all))).substr(0, 16);
}

// If-None-Match (RFC 9110 section 13.1.2) names the tag, alone or in a list, weak or strong, or is "*".
bool names_tag(std::string_view header, std::string_view etag) {
  return header == "*" || header.find(etag) != std::string_view::npos;
}

}  // namespace

struct StaticFiles::Table {
  std::string prefix;  // with the version, without a slash at the end
  Caching caching;
  std::map<std::string, File, std::less<>> files;
};

StaticFiles::StaticFiles(std::string prefix, Caching caching, std::span<const EmbeddedFile> files) {
  auto table = std::make_shared<Table>();
  table->prefix = std::move(prefix);
  if (caching == Caching::Versioned) table->prefix += "/" + digest_of_all(files);
  table->caching = caching;
  for (const EmbeddedFile& file : files) {
    table->files[std::string(file.name)] = {.bytes = std::make_shared<const std::string>(file.bytes),
                                            .etag = "\"" + hex(sha256(bytes_of(file.bytes))).substr(0, 32) + "\"",
                                            .type = content_type_of(file.name)};
  }
  table_ = std::move(table);
}

std::string StaticFiles::address_of(std::string_view name) const {
  return table_->prefix + "/" + std::string(name);
}

Response StaticFiles::serve(const Request& request, std::string_view name) const {
  const auto found = table_->files.find(name);
  if (found == table_->files.end()) return Response::error(404, text_of_status(404));
  const File& file = found->second;
  Response response(names_tag(request.header("If-None-Match"), file.etag) ? 304 : 200);
  response.set("ETag", file.etag);
  response.set("Cache-Control", std::string(table_->caching == Caching::Asked ? "no-cache" : kForAYear));
  if (response.status == 304) return response;
  response.set("Content-Type", std::string(file.type));
  response.shared_body = file.bytes;
  return response;
}

void StaticFiles::add_to(Router& router) const {
  router.get(table_->prefix + "/{name*}", Cost::Inline,
             [self = *this](const Request& request) { return self.serve(request, request.parameter("name")); });
}

std::string_view content_type_of(std::string_view file_name) {
  for (const auto& [suffix, type] : kTypes) {
    if (file_name.ends_with(suffix)) return type;
  }
  return "application/octet-stream";
}

}  // namespace khien::http
