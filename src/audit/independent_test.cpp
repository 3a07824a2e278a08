// The log as it is given out, checked by a program that shares no code with this one.
#include <cstdlib>
#include <fstream>

#include "audit/prove.h"
#include "audit/resource.h"
#include "audit/testing.h"
#include "audit/tile.h"
#include "base/testing.h"

namespace khien::audit {
namespace {

using testing_support::noon;

struct Independent : testing_support::Installation {
  void write_file(const std::string& path, std::string_view bytes) {
    const auto file = folder_.path() / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  void publish_one(store::Reader& reader, const std::string& path) {
    const auto answer = resource(reader, path);
    ASSERT_TRUE(answer) << path;
    write_file("log/" + path, khien::text_of(answer->body));
  }
  /// Everything below /log/ for the newest checkpoint, as a mirror would fetch it.
  void publish() {
    ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
      publish_one(reader, "checkpoint");
      const auto size = TRY(verify_checkpoint(*log_->latest(), log_->verifier_key())).head.size;
      for (unsigned level = 0; (size >> (8 * level)) != 0; ++level)
        for (std::uint64_t index = 0; index <= partial_index(level, size); ++index) {
          const bool last = index == partial_index(level, size);
          const std::size_t width = last ? partial_width(level, size) : kTileWidth;
          if (width == 0) continue;
          publish_one(reader, text_of(TilePath{.level = level, .index = index, .width = width}));
          if (level == 0) publish_one(reader, text_of(TilePath{TilePath::Kind::Entries, 0, index, width}));
        }
      return {};
    }));
  }
  int run(const std::string& arguments) {
    const std::string command = "python3 '" + khien::testing_support::source_dir() +
                                "/tests/independent/verify_log.py' --key '" + text_of(log_->verifier_key()) + "' " +
                                arguments + " >'" + folder_.file("out") + "' 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string output() {
    std::ifstream in(folder_.file("out"));
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::string log_arguments() const { return "--log '" + folder_.file("log") + "'"; }
};

TEST_F(Independent, AgreesAboutLogsOfManySizes) {
  std::string against;
  int size = 0;
  for (const int count : {1, 6, 249, 1, 400}) {
    record_many(count);
    size += count;
    ASSERT_TRUE(log_->stop(noon() + std::chrono::hours(size)));
    publish();
    ASSERT_EQ(run(log_arguments() + against), 0) << output();
    EXPECT_TRUE(output().starts_with(std::to_string(size) + " entries: right")) << output();
    const std::string name = "kept" + std::to_string(size);
    write_file(name, *log_->latest());
    against += " --against '" + folder_.file(name) + "'";
  }
}

TEST_F(Independent, AgreesThatSomethingIsWrong) {
  record_many(300);
  ASSERT_TRUE(log_->stop(noon()));
  publish();
  const std::string note = *log_->latest();
  std::string forged = note;
  forged[forged.find("300") + 2] = '1';
  write_file("log/checkpoint", forged);
  EXPECT_EQ(run(log_arguments()), 1);
  EXPECT_NE(output().find("not signed"), std::string::npos) << output();
  write_file("log/checkpoint", note);
  EXPECT_EQ(run(log_arguments()), 0) << output();

  record_many(1);
  ASSERT_TRUE(log_->stop(noon()));
  write_file("later", *log_->latest());
  EXPECT_EQ(run(log_arguments() + " --against '" + folder_.file("later") + "'"), 1);
  EXPECT_NE(output().find("states 301 entries"), std::string::npos) << output();

  const auto bundle = folder_.path() / "log/tile/entries/001.p/44";
  std::ofstream(bundle, std::ios::in | std::ios::out | std::ios::binary).seekp(30) << 'X';
  EXPECT_EQ(run(log_arguments()), 1);
  EXPECT_NE(output().find("do not give the root"), std::string::npos) << output();
}

TEST_F(Independent, AgreesAboutProofs) {
  std::string lines;
  record_many(300);
  ASSERT_TRUE(log_->stop(noon()));
  record_many(333);
  ASSERT_TRUE(log_->stop(noon() + std::chrono::hours(1)));
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
    for (const std::uint64_t leaf : {0, 1, 255, 256, 299, 300, 511, 512, 632})
      lines += TRY(inclusion_json(reader, leaf)) + "\n";
    for (const std::uint64_t older : {0, 1, 2, 255, 256, 257, 300, 512, 632, 633})
      lines += TRY(consistency_json(reader, older, 633)) + "\n";
    lines += TRY(consistency_json(reader, 100, 300)) + "\n";
    lines += TRY(consistency_json(reader, 100, 301)) + "\n";
    return {};
  }));
  write_file("proofs", lines);
  EXPECT_EQ(run("--proof '" + folder_.file("proofs") + "'"), 0) << output();
  EXPECT_EQ(output(), "21 proofs: right\n");
  const auto second = lines.find("\"proof\":[\"");
  lines[second + 10] = lines[second + 10] == 'A' ? 'B' : 'A';
  write_file("proofs", lines);
  EXPECT_EQ(run("--proof '" + folder_.file("proofs") + "'"), 1);
}

TEST_F(Independent, NoProofIsMadeOfWhatIsNotThere) {
  record_many(10);
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
    EXPECT_EQ(inclusion_json(reader, 3).error().kind(), ErrorKind::Conflict) << "no checkpoint yet";
    EXPECT_EQ(inclusion_json(reader, 10).error().kind(), ErrorKind::NotFound);
    EXPECT_EQ(inclusion_json(reader, UINT64_MAX).error().kind(), ErrorKind::NotFound);
    EXPECT_EQ(consistency_json(reader, 3, 11).error().kind(), ErrorKind::Invalid);
    EXPECT_EQ(consistency_json(reader, 4, 3).error().kind(), ErrorKind::Invalid);
    return {};
  }));
}

TEST_F(Independent, OnlyWhatTheCheckpointCoversIsGivenOut) {
  record_many(257);
  const auto there = [&](std::string_view path) {
    return store_->read([&](store::Reader& reader) { return resource(reader, path); }).has_value();
  };
  EXPECT_FALSE(there("checkpoint"));
  ASSERT_TRUE(log_->stop(noon()));
  record_many(20);
  for (const char* path : {"checkpoint", "tile/0/000", "tile/0/000.p/7", "tile/0/001.p/1", "tile/1/000.p/1",
                           "tile/entries/000", "tile/entries/001.p/1"})
    EXPECT_TRUE(there(path)) << path;
  for (const char* path : {"", "tile/0/001", "tile/0/001.p/2", "tile/0/002.p/1", "tile/1/000", "tile/1/000.p/2",
                           "tile/2/000.p/1", "tile/63/000.p/1", "tile/entries/001.p/2", "tile/entries/001",
                           "tile/0/x999/x999/x999/x999/x999/999", "../khien.db"})
    EXPECT_FALSE(there(path)) << path;
}

}  // namespace
}  // namespace khien::audit
