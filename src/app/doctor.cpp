#include "app/doctor.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>

#include "app/backup.h"
#include "app/checkpoint_export.h"
#include "app/keys.h"
#include "audit/rows.h"
#include "http/certificate.h"
#include "http/descriptors.h"
#include "http/server.h"

namespace khien::app {
namespace {

Diagnosis well(Text text) {
  return {true, std::move(text), {}};
}
Diagnosis ill(Text text, Text remedy) {
  return {false, std::move(text), std::move(remedy)};
}

Diagnosis root_key(const Folder& folder, const Config& config) {
  const std::string path = root_key_path(folder, config);
  struct stat found{};
  const bool there = stat(path.c_str(), &found) == 0;
  if (const auto key = read_root_key(path); !key)
    return ill(key.error().text(),
               {"Đặt lại tệp khóa gốc từ nơi cất, hoặc sửa root_key_file trong khien.yaml.",
                "Put the root key file back from where it is kept, or mend root_key_file in khien.yaml."});
  if (there && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return ill(Text::format("Tệp khóa gốc {0} đọc được bởi người khác.", "Others can read the root key {0}.", path),
               {"chmod 600 " + path, "chmod 600 " + path});
  return well(Text::format("Khóa gốc {0} chỉ chủ sở hữu đọc được.", "Only its owner can read the root key {0}.", path));
}

/// Whoever copies the folder takes both what is locked and its key.
Diagnosis root_key_place(const Folder& folder, const Config& config) {
  std::error_code failed;
  const auto key = std::filesystem::weakly_canonical(root_key_path(folder, config), failed);
  const auto data = std::filesystem::weakly_canonical(folder.path, failed);
  if (key.parent_path() != data)
    return well({"Khóa gốc nằm ngoài thư mục dữ liệu.", "The root key lies outside the data folder."});
  const std::string move = "mv " + folder.root_key() + " /etc/khien/root.key";
  return ill({"Khóa gốc nằm trong thư mục dữ liệu: ai sao chép thư mục là có cả hai.",
              "The root key lies in the data folder: whoever copies the folder has both."},
             {"Dừng máy chủ, " + move + ", đặt root_key_file: /etc/khien/root.key trong khien.yaml.",
              "Stop the server, " + move + ", set root_key_file: /etc/khien/root.key in khien.yaml."});
}

std::optional<Diagnosis> disk(const Folder& folder) {
  struct statvfs space{};
  if (statvfs(folder.path.c_str(), &space) != 0) return std::nullopt;
  const auto free_mib = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize / (1024 * 1024);
  const Text found = Text::format("Đĩa còn {0} MiB.", "{0} MiB of disk are free.", free_mib);
  if (free_mib > kDiskReserveMib) return well(found);
  return ill(found, Text::format("Cần ít nhất {0} MiB: dọn hoặc mở rộng ổ đĩa của {1} (df -h {1}).",
                                 "At least {0} MiB are wanted: clear or enlarge the disk of {1} (df -h {1}).",
                                 kDiskReserveMib, folder.path.string()));
}

Diagnosis wall_clock() {
  timex state{};
  const int kind = adjtimex(&state);
  if (kind != -1 && kind != TIME_ERROR && (state.status & STA_UNSYNC) == 0)
    return well({"Đồng hồ máy được đồng bộ.", "The clock is synchronised."});
  return ill({"Đồng hồ máy chưa đồng bộ (NTP): các mốc thời gian có thể sai.",
              "The clock is not synchronised (NTP): dates may fire at the wrong time."},
             {"timedatectl set-ntp true (hoặc cài chrony), rồi xem timedatectl status.",
              "timedatectl set-ntp true (or install chrony), then look at timedatectl status."});
}

/// Of this shell; a service has a limit of its own.
Diagnosis descriptors() {
  constexpr std::size_t kWanted = http::Limits{}.connections;
  constexpr std::size_t kNeeded = kWanted + http::kReservedDescriptors;
  const std::size_t most = http::descriptors().hard;
  const std::size_t room = http::connections_within(most, kWanted);
  if (room == kWanted)
    return well(Text::format("Giới hạn tệp mở (nofile) đủ cho {0} kết nối.",
                             "The limit on open files (nofile) is enough for {0} connections.", room));
  return ill(Text::format("Giới hạn tệp mở (nofile) là {0}: chỉ đủ cho {1} kết nối.",
                          "The limit on open files (nofile) is {0}: enough for {1} connections only.", most, room),
             Text::format("Với systemd hãy đặt LimitNOFILE={0}, với shell hãy chạy ulimit -n {0}.",
                          "Set LimitNOFILE={0} for systemd, or run ulimit -n {0} in a shell.", kNeeded));
}

Diagnosis opened(Installation& installation) {
  return well(Text::format(
      "Cơ sở dữ liệu mở được: {0} đơn vị, {1} người, {2} tài khoản, {3} tên đăng nhập, {4} chỉ đạo.",
      "The database opens: {0} units, {1} people, {2} accounts, {3} logins, {4} directives.",
      installation.people().snapshot()->units().size(), installation.people().snapshot()->people().size(),
      installation.accounts().snapshot()->account_count(), installation.credentials().snapshot()->all().size(),
      installation.directives().snapshot()->directives().size()));
}

Diagnosis public_url(const Installation& installation) {
  if (!installation.config.public_url.empty())
    return well(
        {"Địa chỉ công khai: " + installation.config.public_url, "Public address: " + installation.config.public_url});
  return ill({"Chưa đặt public_url: địa chỉ phát hành (issuer) sẽ theo cổng lắng nghe.",
              "public_url is not set: the issuer follows the listening port."},
             {"Đặt public_url: https://tên-máy trong khien.yaml trước khi kết nối hệ thống đầu tiên.",
              "Set public_url: https://host in khien.yaml before the first system is connected."});
}

void keys(Installation& installation, std::vector<Diagnosis>& out) {
  const Instant now = installation.clock.now();
  const auto listed = list_keys(installation);
  if (!listed) return out.push_back(ill(listed.error().text(), {}));
  bool good = true;
  for (const auto& use : *listed) {
    const std::string name(store::name_of(use.purpose));
    if (use.current && use.purpose != store::Purpose::Session && now - use.key.created_at > kKeyAge) {
      good = false;
      out.push_back(ill(Text::format("Khóa {0} đã dùng từ {1}.", "The key {0} is in use since {1}.", name,
                                     dmy(date_of(use.key.created_at))),
                        {"khien key rotate " + name, "khien key rotate " + name}));
    }
    if (!use.current && use.uses == 0 && use.purpose != store::Purpose::Session && use.purpose != store::Purpose::Log &&
        now - *use.replaced_at > kKeyAge) {
      good = false;
      out.push_back(ill(Text::format("Khóa cũ {0} ({1}) không còn dòng nào dùng.",
                                     "Nothing uses the old key {0} ({1}) any more.", use.key.id, name),
                        {"khien key remove " + use.key.id, "khien key remove " + use.key.id}));
    }
  }
  if (good) out.push_back(well({"Không khóa nào cũ quá mức khuyên dùng.", "No key is older than advised."}));
}

Diagnosis backups(Installation& installation) {
  const Text remedy{"khien backup THƯ-MỤC --recipient age1… (khóa riêng giữ ở nơi khác; xem docs/operators.md).",
                    "khien backup FOLDER --recipient age1… (the private key stays elsewhere; see docs/operators.md)."};
  const auto last = last_backup(installation.store());
  if (!last) return ill(last.error().text(), {});
  if (!*last) return ill({"Chưa từng sao lưu.", "There was never a backup."}, remedy);
  const Text found = Text::format("Sao lưu gần nhất: {0}.", "The newest backup is of {0}.", dmy_time(**last));
  return installation.clock.now() - **last > kBackupAge ? ill(found, remedy) : well(found);
}

void checkpoints(Installation& installation, std::vector<Diagnosis>& out) {
  std::vector<std::string> names;
  for (const auto& target : export_targets(installation.config, installation.clock)) names.push_back(target.name);
  if (names.empty())
    return out.push_back(ill({"Điểm kiểm tra của nhật ký không được gửi ra khỏi máy này.",
                              "Checkpoints of the log do not leave this machine."},
                             {"Đặt checkpoint_directory, checkpoint_mail_url hoặc checkpoint_syslog trong khien.yaml.",
                              "Set checkpoint_directory, checkpoint_mail_url or checkpoint_syslog in khien.yaml."}));
  const auto exports = CheckpointExport::status(installation.store(), names);
  const auto newest =
      installation.store().read([](store::Reader& reader) -> Result<std::optional<audit::CheckpointRow>> {
        return audit::latest_checkpoint(reader);
      });
  if (!exports || !newest) return out.push_back(ill((!exports ? exports.error() : newest.error()).text(), {}));
  const Instant now = installation.clock.now();
  for (const auto& one : *exports) {
    const std::string when = one.delivered_at ? dmy_time(*one.delivered_at) : "–";
    const bool behind = *newest && ((*newest)->generation != one.generation || (*newest)->size != one.size);
    const bool late = behind && (!one.delivered_at || now - *one.delivered_at > kCheckpointAge);
    if (one.failed_since)
      out.push_back(
          ill(Text::format("Không gửi được điểm kiểm tra ({0}: {1}) từ {2}, {3} lần; gửi được gần nhất: {4}.",
                           "Checkpoints cannot be sent ({0}: {1}) since {2}, {3} tries; the last that was: {4}.",
                           one.target, one.failure, dmy_time(*one.failed_since), one.tries, when),
              {"Sửa nơi nhận; máy chủ tự gửi lại.", "Mend the target; the server tries again by itself."}));
    else if (late)
      out.push_back(
          ill(Text::format("Điểm kiểm tra mới nhất chưa được gửi ra ngoài ({0}: gần nhất {1}).",
                           "The newest checkpoint is not outside yet ({0}: the last was {1}).", one.target, when),
              {"Máy chủ phải chạy để gửi: khien serve.", "The server sends it while it runs: khien serve."}));
    else
      out.push_back(well(Text::format("Điểm kiểm tra đã gửi ra ngoài ({0}) lúc {1}.",
                                      "Checkpoints are outside ({0}) as of {1}.", one.target, when)));
  }
}

void certificate(Installation& installation, std::vector<Diagnosis>& out) {
  const bool own = installation.config.certificate_file.empty();
  const std::string path = own ? installation.folder.certificate() : installation.config.certificate_file;
  if (own && !std::filesystem::exists(path)) return;  // made at the first start
  const auto pem = read_file(path, 1U << 20);
  const auto ends = pem ? http::valid_until(*pem) : Result<Instant>(Failure(pem.error()));
  const Text renew = own ? Text::format("Dừng máy chủ, xóa {0} và {1}, khởi động lại: chứng thư mới được tạo.",
                                        "Stop the server, remove {0} and {1}, start it: a new one is made.", path,
                                        installation.folder.certificate_key())
                         : Text::format("Gia hạn chứng thư {0}; máy chủ tự đọc lại trong một phút.",
                                        "Renew the certificate {0}; the server reads it within a minute.", path);
  if (!ends) return out.push_back(ill(ends.error().text(), renew));
  const Text found =
      Text::format("Chứng thư TLS có hạn đến {0}.", "The TLS certificate is valid until {0}.", dmy_time(*ends));
  out.push_back(*ends - installation.clock.now() < kCertificateLeft ? ill(found, renew) : well(found));
}

}  // namespace

std::vector<Diagnosis> examine_machine(const Folder& folder, const Config& config) {
  std::vector<Diagnosis> out{root_key(folder, config)};
  if (out.front().good) out.push_back(root_key_place(folder, config));
  if (auto found = disk(folder)) out.push_back(std::move(*found));
  out.push_back(wall_clock());
  out.push_back(descriptors());
  return out;
}

std::vector<Diagnosis> examine(Installation& installation) {
  std::vector<Diagnosis> out{opened(installation), public_url(installation)};
  keys(installation, out);
  out.push_back(backups(installation));
  checkpoints(installation, out);
  certificate(installation, out);
  return out;
}

}  // namespace khien::app
