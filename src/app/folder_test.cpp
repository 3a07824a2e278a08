#include "app/folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "people/testing.h"

namespace khien::app {
namespace {

using testing_support::must;
using testing_support::TemporaryFolder;

class FolderTest : public testing::Test {
 protected:
  static mode_t mode_of(const std::string& path) {
    struct stat found{};
    return stat(path.c_str(), &found) == 0 ? found.st_mode & 07777U : 0;
  }
  TemporaryFolder temporary;
  Folder folder{temporary.path()};
  SystemRandom random;
};

TEST_F(FolderTest, IsHeldByOneAtATimeAndTheOtherIsToldWho) {
  {
    const auto lock = FolderLock::take(folder);
    ASSERT_TRUE(lock);
    const auto second = FolderLock::take(folder);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind(), ErrorKind::Conflict);
    EXPECT_NE(second.error().text().vi.find("tiến trình " + std::to_string(getpid())), std::string::npos);
  }
  EXPECT_TRUE(FolderLock::take(folder)) << "it ends with the object";
}

TEST_F(FolderTest, AFileThatIsTooLargeIsToldWithTheLimitAndWhatToDo) {
  const std::string path = (folder.path / "big.csv").string();
  must(write_file(path, std::string((2U << 20U) + 1, 'x'), false));
  EXPECT_EQ(read_file(path, 2U << 20U, {"Hãy chia tệp.", "Split it."}).error().line(Language::Vietnamese),
            "Tệp " + path + " lớn quá 2 MiB. Hãy chia tệp.");
  EXPECT_EQ(read_file(path, 4096).error().line(Language::English), "The file " + path + " is larger than 4096 bytes.");
  EXPECT_TRUE(read_file(path, (2U << 20U) + 1));
}

TEST_F(FolderTest, ALockThatIsMovedIsHeldOnce) {
  auto first = must(FolderLock::take(folder));
  const FolderLock moved = std::move(first);
  EXPECT_FALSE(FolderLock::take(folder));
}

TEST_F(FolderTest, ARootKeyIsItsOwnersAloneAndNeverOverwritten) {
  const auto path = temporary.file("root.key");
  umask(0);
  must(write_root_key(path, random));
  umask(022);
  EXPECT_EQ(mode_of(path), 0600U);
  const auto key = must(read_root_key(path));
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(write_root_key(path, random).error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(must(read_root_key(path)).bytes().size(), 32U);
}

TEST_F(FolderTest, ARootKeyOfAnotherFormIsRefusedWithoutItsContent) {
  const auto path = temporary.file("root.key");
  for (const std::string& bad :
       std::vector<std::string>{"", "abc", "not hexadecimal at all",
                                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\n"}) {
    must(write_file(path, bad, true));
    const auto read = read_root_key(path);
    ASSERT_FALSE(read) << bad;
    if (!bad.empty() && bad != "\n") {
      EXPECT_EQ(read.error().line(Language::Vietnamese).find(bad), std::string::npos) << "the content is a secret";
    }
  }
  must(write_file(path, std::string(64, 'a') + "\r\n", true));
  EXPECT_TRUE(read_root_key(path));
}

TEST_F(FolderTest, ASecretFileIsMadePrivateEvenIfItWasOpenBefore) {
  const auto path = temporary.file("secret");
  must(write_file(path, "long old content", false));
  must(write_file(path, "new", true));
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(must(read_file(path)), "new");
}

TEST_F(FolderTest, ReadingSaysWhatIsMissingTooLargeOrNoFile) {
  EXPECT_EQ(read_file(temporary.file("missing")).error().kind(), ErrorKind::Unavailable);
  EXPECT_FALSE(read_file(temporary.path().string())) << "a folder";
  const auto path = temporary.file("large");
  must(write_file(path, std::string(1001, 'x'), false));
  const auto large = read_file(path, 1000);
  EXPECT_NE(large.error().text().en.find("is larger than 1000 bytes."), std::string::npos);
  EXPECT_EQ(large.error().detail(), "") << "nothing went wrong in the system";
  EXPECT_EQ(must(read_file(path, 1001)).size(), 1001U);
  EXPECT_FALSE(write_file(temporary.file("no/such/folder"), "x", false));
}

}  // namespace
}  // namespace khien::app
