#include "app/frames.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>

#include "app/command_socket.h"
#include "app/folder.h"
#include "people/testing.h"

namespace khien::app {
namespace {

using namespace testing_support;

RC_GTEST_PROP(FrameLaws, DecodingIsTheInverseOfEncoding, (const std::vector<std::string>& fields)) {
  const auto again = decode_fields(encode_fields(fields));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == fields);
}

TEST(Frames, FieldsThatDoNotFillTheirBytesAreRefused) {
  const std::string good = encode_fields({"ab", ""});
  EXPECT_TRUE(decode_fields(good));
  for (std::size_t cut = 1; cut < good.size(); ++cut)
    if (cut != 6) EXPECT_FALSE(decode_fields(std::string_view(good).substr(0, cut))) << cut;
  EXPECT_FALSE(decode_fields(good + "x"));
  EXPECT_FALSE(decode_fields(std::string(4 * (kMostFields + 1), '\0')));
}

/// Two ends of one connection.
std::pair<FrameStream, FrameStream> ends() {
  std::array<int, 2> both{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data()) != 0) std::abort();
  return {FrameStream(both[0]), FrameStream(both[1])};
}

TEST(Frames, WhatIsSentIsReceived) {
  auto [a, b] = ends();
  must(a.send({FrameKind::Out, {"chào", ""}}));
  const auto got = must(b.receive(std::chrono::seconds(10)));
  EXPECT_EQ(got.kind, FrameKind::Out);
  EXPECT_EQ(got.fields, (std::vector<std::string>{"chào", ""}));
}

TEST(Frames, AnUnknownKindAHugeLengthAndAClosedEndAreErrors) {
  for (const std::string& bytes :
       {std::string("Z\0\0\0\0", 5), std::string("o\xff\xff\xff\xff", 5), std::string("o\0", 2)}) {
    auto [a, b] = ends();
    ASSERT_EQ(::send(a.descriptor(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    shutdown(a.descriptor(), SHUT_WR);
    EXPECT_FALSE(b.receive(std::chrono::seconds(10)));
  }
}

TEST(Frames, NobodyUnknownSendsMoreThanACommandLine) {
  auto [a, b] = ends();
  const std::string head("C\0\4\0\1", 5);  // one byte more than 256 KiB is announced, and nothing of it sent
  ASSERT_EQ(::send(a.descriptor(), head.data(), head.size(), 0), 5);
  EXPECT_FALSE(b.receive(std::chrono::seconds(10), kMostCommandBytes));
}

class CommandSocketTest : public ::testing::Test {
 protected:
  std::unique_ptr<CommandSocket> listen(CommandSocket::Handler handler) {
    return must(CommandSocket::listen(path, false, std::move(handler)));
  }
  TemporaryFolder folder;
  const std::string path = folder.file("khien.sock");
};

TEST_F(CommandSocketTest, SaysWhoIsAtTheOtherEnd) {
  const auto socket = listen(
      [](FrameStream& stream, const Peer& peer) { static_cast<void>(stream.send({FrameKind::Out, {peer.user}})); });
  auto stream = must(connect_to(path));
  EXPECT_EQ(must(stream.receive(std::chrono::seconds(10))).fields[0], operating_system_user());
}

TEST_F(CommandSocketTest, IsForItsOwnerOnlyAndGoesWithTheServer) {
  {
    const auto socket = listen([](FrameStream&, const Peer&) {});
    const auto mode = std::filesystem::status(path).permissions();
    EXPECT_EQ(mode & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  const auto nobody = connect_to(path);
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind(), ErrorKind::NotFound);
}

TEST_F(CommandSocketTest, ASocketThatAKilledServerLeftIsReplacedAndALiveOneIsNot) {
  {
    const int left = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, path.size());
    ASSERT_EQ(bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    close(left);
  }
  const auto socket = listen([](FrameStream&, const Peer&) {});
  EXPECT_FALSE(CommandSocket::listen(path, false, {}));
}

TEST_F(CommandSocketTest, AFileInItsPlaceIsLeftAlone) {
  must(write_file(path, "quan trọng", false));
  EXPECT_FALSE(CommandSocket::listen(path, false, {}));
  EXPECT_EQ(must(read_file(path)), "quan trọng");
}

TEST_F(CommandSocketTest, MoreCommandsThanItTakesAreToldThatItIsBusy) {
  const auto socket = listen([](FrameStream& stream, const Peer&) {
    static_cast<void>(stream.send({FrameKind::Out, {"bắt đầu"}}));
    static_cast<void>(stream.receive(std::chrono::seconds(60)));
  });
  std::vector<FrameStream> held;
  for (std::size_t i = 0; i < CommandSocket::kMostCommands; ++i) {
    held.push_back(must(connect_to(path)));
    EXPECT_EQ(must(held.back().receive(std::chrono::seconds(10))).kind, FrameKind::Out);
  }
  auto one_more = must(connect_to(path));
  EXPECT_EQ(must(one_more.receive(std::chrono::seconds(10))).kind, FrameKind::Err);
  EXPECT_EQ(must(one_more.receive(std::chrono::seconds(10))).kind, FrameKind::Exit);
}

TEST_F(CommandSocketTest, StoppingTakesTheTerminalsOfCommandsThatRun) {
  auto socket = listen([](FrameStream& stream, const Peer&) {
    static_cast<void>(stream.send({FrameKind::Out, {"bắt đầu"}}));
    static_cast<void>(stream.receive(std::chrono::hours(1)));
  });
  auto stream = must(connect_to(path));
  must(stream.receive(std::chrono::seconds(10)));
  socket.reset();
  EXPECT_FALSE(stream.receive(std::chrono::seconds(10)));
}

}  // namespace
}  // namespace khien::app
