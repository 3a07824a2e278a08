// Fresh ids inside a write closure, which may run more than once and must do the same each time.
#pragma once

#include "base/digest.h"
#include "base/ids.h"

namespace khien::people {

/// Draws once; each series() starts the same sequence of ids again. Nobody can guess them who does not know the draw.
class IdSource {
 public:
  explicit IdSource(Random& random) {
    std::array<unsigned char, 32> drawn{};
    random.fill(drawn);
    seed_ = Secret(ByteView(drawn));
    sodium_memzero(drawn.data(), drawn.size());
  }

  class Series {
   public:
    explicit Series(const Secret& seed) : seed_(seed) {}
    template <class IdType>
    IdType next() {
      const std::string number = std::to_string(++count_);
      const Digest digest = keyed_digest(seed_, {bytes_of(number)});
      IdType id;
      std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
      return id;
    }

   private:
    const Secret& seed_;
    std::uint64_t count_ = 0;
  };
  [[nodiscard]] Series series() const { return Series(seed_); }

 private:
  Secret seed_;
};

}  // namespace khien::people
