#include "app/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/encoding.h"

namespace khien::app {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

Error file_error(const std::string& path, const Text& what) {
  return Error::unavailable({what.vi + " " + path + ".", what.en + " " + path + "."}, std::strerror(errno));
}

}  // namespace

Result<FolderLock> FolderLock::take(const Folder& folder) {
  const std::string path = folder.lock();
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return Failure(file_error(path, {"Không mở được", "Cannot open"}));
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 32> holder{};
    const auto size = pread(descriptor, holder.data(), holder.size() - 1, 0);
    close(descriptor);
    const std::string process = size > 0 ? std::string(holder.data()) : "?";
    return Failure(Error::conflict(Text::format(
        "Thư mục dữ liệu đang do tiến trình {0} giữ (máy chủ đang chạy?). Hãy dừng máy chủ rồi chạy lại lệnh này.",
        "The data folder is held by process {0} (a running server?). Stop the server, then run this command again.",
        process)));
  }
  const std::string process = std::to_string(getpid());
  if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, process.data(), process.size(), 0) < 0) {
    close(descriptor);
    return Failure(file_error(path, {"Không ghi được", "Cannot write"}));
  }
  return FolderLock(descriptor);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<void> write_file(const std::string& path, std::string_view bytes, bool secret) {
  const int way = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | (secret ? O_NOFOLLOW : 0);  // a link may lead anywhere
  const int descriptor = open(path.c_str(), way, secret ? 0600 : 0644);
  if (descriptor < 0) return Failure(file_error(path, {"Không tạo được", "Cannot create"}));
  bool good = !secret || fchmod(descriptor, 0600) == 0;
  for (std::size_t done = 0; good && done < bytes.size();) {
    const auto written = write(descriptor, bytes.data() + done, bytes.size() - done);
    if (written <= 0) good = false;
    done += written > 0 ? static_cast<std::size_t>(written) : 0;
  }
  good = good && fsync(descriptor) == 0;
  good = close(descriptor) == 0 && good;
  if (!good) return Failure(file_error(path, {"Không ghi được", "Cannot write"}));
  return {};
}

Result<std::string> read_file(const std::string& path, std::size_t most, const Text& advice) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Failure(file_error(path, {"Không đọc được", "Cannot read"}));
  std::string out;
  std::array<char, 65536> block{};
  for (;;) {
    const auto size = read(descriptor, block.data(), block.size());
    if (size < 0) break;
    if (size == 0) {
      close(descriptor);
      return out;
    }
    out.append(block.data(), static_cast<std::size_t>(size));
    if (out.size() <= most) continue;
    close(descriptor);
    const bool in_mib = most >= kMiB;
    const auto amount = in_mib ? most / kMiB : most;
    return Failure(Error::invalid({fmt::format("Tệp {} lớn quá {} {}.{}{}", path, amount, in_mib ? "MiB" : "byte",
                                               advice.vi.empty() ? "" : " ", advice.vi),
                                   fmt::format("The file {} is larger than {} {}.{}{}", path, amount,
                                               in_mib ? "MiB" : "bytes", advice.en.empty() ? "" : " ", advice.en)}));
  }
  auto error = file_error(path, {"Không đọc được", "Cannot read"});
  close(descriptor);
  return Failure(std::move(error));
}

Result<void> write_root_key(const std::string& path, Random& random) {
  if (access(path.c_str(), F_OK) == 0)
    return Failure(Error::conflict({"Đã có khóa gốc ở " + path + ".", "There is a root key at " + path + " already."}));
  std::array<unsigned char, 32> bytes{};
  random.fill(bytes);
  return write_file(path, hex(bytes) + "\n", true);
}

Result<Secret> read_root_key(const std::string& path) {
  const std::string text = TRY(read_file(path, 4096));
  const auto bytes = from_hex(std::string_view(text).substr(0, text.find_last_not_of(" \r\n") + 1));
  if (!bytes || bytes->size() != 32)
    return Failure(Error::invalid({"Tệp khóa gốc " + path + " phải chứa 64 chữ số thập lục phân.",
                                   "The root key file " + path + " must hold 64 hexadecimal digits."}));
  return Secret(ByteView(*bytes));
}

std::string default_folder() {
  std::error_code ignored;
  const bool only_the_system =
      !std::filesystem::exists("khien-data", ignored) && std::filesystem::exists(kSystemFolder, ignored);
  return only_the_system ? kSystemFolder : "khien-data";
}

std::string operating_system_user() {
  const passwd* entry = getpwuid(getuid());
  return entry == nullptr ? "uid " + std::to_string(getuid()) : entry->pw_name;
}

}  // namespace khien::app
