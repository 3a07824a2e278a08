#include "audit/resource.h"

#include "audit/store.h"
#include "audit/tile.h"

namespace khien::audit {
namespace {

Failure no_such() {
  return Failure(Error::not_found({"Nhật ký không có phần này.", "The log does not have this part."}));
}

/// How much of a tile a log of that size has.
std::uint64_t available(const TilePath& path, std::uint64_t size) {
  if (path.level >= 8) return 0;
  const std::uint64_t hashes = size >> (8 * path.level);
  if (path.index >= hashes / kTileWidth + 1) return 0;
  return std::min<std::uint64_t>(hashes - path.index * kTileWidth, kTileWidth);
}

/// Each entry after its length as two bytes, big-endian.
Result<Bytes> bundle(store::Reader& reader, std::uint64_t begin, std::uint64_t end) {
  Bytes out;
  std::uint64_t next = begin;
  each_entry(reader, begin, end, kTileWidth, [&](const EntryRow& row) {
    if (row.leaf != next || row.bytes.size() > 0xffff) return;
    ++next;
    out.push_back(static_cast<unsigned char>(row.bytes.size() >> 8));
    out.push_back(static_cast<unsigned char>(row.bytes.size()));
    out.insert(out.end(), row.bytes.begin(), row.bytes.end());
  });
  if (next != end) return no_such();
  return out;
}

}  // namespace

Result<Resource> resource(store::Reader& reader, std::string_view path) {
  const auto latest = latest_checkpoint(reader);
  if (!latest) return no_such();
  if (path == "checkpoint") {
    const auto text = bytes_of(latest->note);
    return Resource{{text.begin(), text.end()}, "text/plain; charset=utf-8", Lifetime::Changing};
  }
  const auto tile = parse_tile_path(path);
  if (!tile || available(*tile, latest->size) < tile->width) return no_such();
  if (tile->kind == TilePath::Kind::Entries) {
    const std::uint64_t begin = tile->index * kTileWidth;
    return Resource{TRY(bundle(reader, begin, begin + tile->width)), "application/octet-stream", Lifetime::Forever};
  }
  const auto stored = read_tile(reader, tile->level, tile->index);
  if (!stored || stored->hashes.size() < tile->width) return no_such();
  return Resource{tile_bytes(std::span(stored->hashes).first(tile->width)), "application/octet-stream",
                  Lifetime::Forever};
}

}  // namespace khien::audit
