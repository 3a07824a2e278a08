// Memory that a hashing thread keeps between two Argon2 computations.
//
// libsodium maps, faults in and unmaps its work memory for every hash; under virtualisation that costs more than the
// hash itself (docs/decisions/011-argon2-arena.md has the figures). libsodium takes no allocator, so it is linked
// statically and its mmap and munmap are routed here by the linker (--wrap). Outside an `Active` scope both go to the
// system.
#pragma once

#include <cstddef>
#include <cstdint>

namespace khien::credentials {

/// One mapping, made at first use and grown when more is asked for. Belongs to one thread.
class Argon2Arena {
 public:
  Argon2Arena() = default;
  ~Argon2Arena();
  Argon2Arena(const Argon2Arena&) = delete;
  Argon2Arena& operator=(const Argon2Arena&) = delete;

  /// While it lives, the calling thread's large anonymous mappings come from the arena, one at a time.
  class Active {
   public:
    explicit Active(Argon2Arena& arena);
    ~Active();
    Active(const Active&) = delete;
    Active& operator=(const Active&) = delete;
  };

  /// How often the arena was lent: 0 means that the linker did not route libsodium here.
  [[nodiscard]] std::uint64_t lent() const { return lent_; }

  /// For the routed calls only. nullptr if it is lent already or cannot grow.
  void* lend(std::size_t size);
  /// False if the memory is not the arena's.
  bool take_back(const void* memory);

 private:
  void release();

  void* memory_ = nullptr;
  std::size_t size_ = 0;
  bool is_lent_ = false;
  std::uint64_t lent_ = 0;
};

}  // namespace khien::credentials
