// A disk that fails when it is told to, for tests: SQLite's own file layer with a fault at the n-th write.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <string>

namespace khien::testing_support {

/// While it lives, databases of this process that are opened go through it. One at a time; it must outlive them.
class FaultyDisk {
 public:
  FaultyDisk() {
    if (instance_ != nullptr) std::abort();
    instance_ = this;
    below_ = sqlite3_vfs_find(nullptr);
    vfs_ = *below_;
    vfs_.zName = "faulty";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + below_->szOsFile;
    vfs_.xOpen = &FaultyDisk::open;
    if (sqlite3_vfs_register(&vfs_, 1) != SQLITE_OK) std::abort();
  }
  ~FaultyDisk() {
    sqlite3_vfs_register(below_, 1);
    sqlite3_vfs_unregister(&vfs_);
    instance_ = nullptr;
  }
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// After so many more writes, syncs and truncations all of them fail with the code (SQLITE_FULL, SQLITE_IOERR_FSYNC
  /// …), until heal().
  void fail_after(int operations, int code) {
    code_ = code;
    left_ = operations;
  }
  void heal() { left_ = kNever; }
  /// True if something failed since the last fail_after().
  [[nodiscard]] bool has_failed() const { return left_ < 0; }

 private:
  static constexpr int kNever = 1 << 30;

  struct File {
    sqlite3_file base;
    /// SQLite's own file lies behind this one, in the memory that it was promised.
    [[nodiscard]] sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  static sqlite3_file* below(sqlite3_file* file) { return reinterpret_cast<File*>(file)->below(); }
  static const sqlite3_io_methods& methods(sqlite3_file* file) { return *below(file)->pMethods; }

  /// SQLITE_OK, or how the disk fails.
  static int fault() {
    FaultyDisk& disk = *instance_;
    return disk.left_-- > 0 ? SQLITE_OK : disk.code_.load();
  }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    std::memset(file, 0, sizeof(File));
    const int opened = instance_->below_->xOpen(instance_->below_, name, below(file), flags, out_flags);
    if (below(file)->pMethods != nullptr) file->pMethods = &kMethods;
    return opened;
  }
  static int close(sqlite3_file* f) { return methods(f).xClose(below(f)); }
  static int read(sqlite3_file* f, void* out, int n, sqlite3_int64 at) {
    return methods(f).xRead(below(f), out, n, at);
  }
  static int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    const int failed = fault();
    if (failed == SQLITE_OK) return methods(f).xWrite(below(f), from, n, at);
    if (n > 1) methods(f).xWrite(below(f), from, n / 2, at);  // a torn page is the worst that a disk leaves
    return failed;
  }
  static int truncate(sqlite3_file* f, sqlite3_int64 size) {
    const int failed = fault();
    return failed == SQLITE_OK ? methods(f).xTruncate(below(f), size) : failed;
  }
  static int sync(sqlite3_file* f, int flags) {
    const int failed = fault();
    return failed == SQLITE_OK ? methods(f).xSync(below(f), flags) : failed;
  }
  static int file_size(sqlite3_file* f, sqlite3_int64* size) { return methods(f).xFileSize(below(f), size); }
  static int lock(sqlite3_file* f, int level) { return methods(f).xLock(below(f), level); }
  static int unlock(sqlite3_file* f, int level) { return methods(f).xUnlock(below(f), level); }
  static int check_reserved(sqlite3_file* f, int* out) { return methods(f).xCheckReservedLock(below(f), out); }
  static int control(sqlite3_file* f, int op, void* arg) { return methods(f).xFileControl(below(f), op, arg); }
  static int sector_size(sqlite3_file* f) { return methods(f).xSectorSize(below(f)); }
  static int characteristics(sqlite3_file* f) { return methods(f).xDeviceCharacteristics(below(f)); }
  static int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
    return methods(f).xShmMap(below(f), page, size, extend, out);
  }
  static int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
    return methods(f).xShmLock(below(f), offset, n, flags);
  }
  static void shm_barrier(sqlite3_file* f) { methods(f).xShmBarrier(below(f)); }
  static int shm_unmap(sqlite3_file* f, int remove) { return methods(f).xShmUnmap(below(f), remove); }

  static constexpr sqlite3_io_methods kMethods{.iVersion = 2,
                                               .xClose = close,
                                               .xRead = read,
                                               .xWrite = write,
                                               .xTruncate = truncate,
                                               .xSync = sync,
                                               .xFileSize = file_size,
                                               .xLock = lock,
                                               .xUnlock = unlock,
                                               .xCheckReservedLock = check_reserved,
                                               .xFileControl = control,
                                               .xSectorSize = sector_size,
                                               .xDeviceCharacteristics = characteristics,
                                               .xShmMap = shm_map,
                                               .xShmLock = shm_lock,
                                               .xShmBarrier = shm_barrier,
                                               .xShmUnmap = shm_unmap};

  static inline FaultyDisk* instance_ = nullptr;
  sqlite3_vfs* below_ = nullptr;
  sqlite3_vfs vfs_{};
  std::atomic<int> left_{kNever};
  std::atomic<int> code_{SQLITE_OK};
};

}  // namespace khien::testing_support
