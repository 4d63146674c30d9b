#include "harness/world/text_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "harness/subject/state_directory.hpp"

namespace atrapa::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kPlenty = 1000;

std::size_t files_in(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("A text file is replaced whole, keeps its mode and leaves nothing beside it", "[files]") {
  TemporaryDirectory temporary;
  const fs::path place = temporary.fresh();
  const fs::path file = place / "a.txt";
  write_text_file(file, "one");
  ::chmod(file.c_str(), 0600);
  write_text_file(file, "two");
  CHECK(read_text_file(file, kPlenty) == "two");
  CHECK((fs::status(file).permissions() & fs::perms::all) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  check_text_file(file);
  CHECK(files_in(place) == 1);
  CHECK_THROWS_WITH(write_text_file(place / "none" / "a.txt", "x"),
                    Catch::Contains("none/a.txt: cannot be written: No such file"));
  CHECK_THROWS_WITH(check_text_file(place / "none" / "a.txt"), Catch::Contains("none/a.txt"));
  CHECK_THROWS_WITH(write_text_file(place, "x"), Catch::Contains("it is a directory"));
  CHECK_THROWS_WITH(read_text_file(place, kPlenty), Catch::Contains("it is a directory"));
}

TEST_CASE("A file of that other name is not touched", "[files]") {
  TemporaryDirectory temporary;
  const fs::path place = temporary.fresh();
  std::ofstream(place / "a.txt.new") << "mine";
  write_text_file(place / "a.txt", "text");
  CHECK(read_text_file(place / "a.txt.new", kPlenty) == "mine");
}

TEST_CASE("A link is followed, to a file that is there or is not yet", "[files]") {
  TemporaryDirectory temporary;
  const fs::path place = temporary.fresh();
  fs::create_directory(place / "deep");
  fs::create_symlink("deep/real.txt", place / "link");
  for (const char* text : {"one", "two"}) {
    write_text_file(place / "link", text);
    CHECK(fs::is_symlink(place / "link"));
    CHECK(read_text_file(place / "deep" / "real.txt", kPlenty) == text);
  }
}

TEST_CASE("What is no file is written to and stays what it is", "[files]") {
  TemporaryDirectory temporary;
  const fs::path pipe = temporary.fresh() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] {
    std::ifstream in(pipe);
    std::getline(in, got);
  });
  write_text_file(pipe, "through\n");
  reader.join();
  CHECK(got == "through");
  CHECK(fs::is_fifo(pipe));
  write_text_file("/dev/null", "gone");
  CHECK(fs::is_character_file("/dev/null"));
}

}  // namespace atrapa::harness
