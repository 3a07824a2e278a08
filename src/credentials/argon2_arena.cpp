#include "credentials/argon2_arena.h"

#include <sys/mman.h>
#include <sys/types.h>

namespace khien::credentials {
namespace {

/// Smaller mappings are somebody else's business.
constexpr std::size_t kSmallest = std::size_t{1} << 20;

// The routed calls have no parameter to carry it.
thread_local Argon2Arena* active_arena = nullptr;

}  // namespace
}  // namespace khien::credentials

extern "C" {
// The names are the linker's (--wrap).
// NOLINTBEGIN(bugprone-reserved-identifier)
void* __real_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset);
int __real_munmap(void* address, std::size_t size);

void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset);
int __wrap_munmap(void* address, std::size_t size);

void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset) {
  using namespace khien::credentials;
  if (active_arena != nullptr && address == nullptr && file == -1 && size >= kSmallest &&
      (protection & (PROT_READ | PROT_WRITE)) == (PROT_READ | PROT_WRITE))
    if (void* lent = active_arena->lend(size); lent != nullptr) return lent;
  return __real_mmap(address, size, protection, flags, file, offset);
}

int __wrap_munmap(void* address, std::size_t size) {
  using namespace khien::credentials;
  if (active_arena != nullptr && active_arena->take_back(address)) return 0;
  return __real_munmap(address, size);
}
// NOLINTEND(bugprone-reserved-identifier)
}

namespace khien::credentials {

Argon2Arena::~Argon2Arena() {
  release();
}

Argon2Arena::Active::Active(Argon2Arena& arena) {
  active_arena = &arena;
}

Argon2Arena::Active::~Active() {
  active_arena = nullptr;
}

void* Argon2Arena::lend(std::size_t size) {
  if (is_lent_) return nullptr;
  if (size > size_) {
    release();
    void* made = __real_mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED) return nullptr;
    // Intermediate values of the last password stay in it until the next: they must not reach a core dump.
    madvise(made, size, MADV_DONTDUMP);
    memory_ = made;
    size_ = size;
  }
  is_lent_ = true;
  ++lent_;
  return memory_;
}

bool Argon2Arena::take_back(const void* memory) {
  if (!is_lent_ || memory != memory_) return false;
  is_lent_ = false;
  return true;
}

void Argon2Arena::release() {
  if (memory_ != nullptr) __real_munmap(memory_, size_);
  memory_ = nullptr;
  size_ = 0;
}

}  // namespace khien::credentials
