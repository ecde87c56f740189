// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/smoke.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>

using namespace Treewarden;

namespace {

using Input = std::string;

constexpr std::chrono::milliseconds wholeTime{4000};
constexpr unsigned longestInput = 30; ///< seconds, on a loaded machine

const char *currentWord = "";
Input currentInput;

/// Keeps the input that did it, then dies as it would have.
void keepInput(int signal)
{
    char path[256];
    const int length = snprintf(path, sizeof path, "fuzzsmoke-%s.input", currentWord);
    if (FILE *file = fopen(path, "w")) {
        fwrite(currentInput.data(), 1, currentInput.size(), file);
        fclose(file);
    }
    dprintf(STDERR_FILENO, "%s by the input that is now in %.*s\n",
            signal == SIGALRM ? "hung" : "ended", length, path);
    std::signal(signal, SIG_DFL);
    raise(signal);
}

void run(const FuzzTarget &target, const Input &input)
{
    currentInput = input;
    alarm(longestInput);
    target.run(reinterpret_cast<const uint8_t *>(currentInput.data()), currentInput.size());
    alarm(0);
}

std::vector<Input> seedsIn(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Input> seeds;
    for (const auto &path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

/// One to four small harms: the same ones in every run.
Input mutated(Input input, const std::vector<Input> &seeds, std::mt19937 &random)
{
    static const Input odd[] = {"-1", "0", "99999999999999999999", "\xff\xfe", "%s%n", "\n\n",
                                "[[", ")", Input(1, '\0')};
    const auto below
        = [&random](size_t bound) { return size_t(random() % std::max<size_t>(bound, 1)); };
    for (size_t harms = 1 + below(4); harms > 0; --harms) {
        const size_t at = below(input.size() + 1),
                     length = below(std::min<size_t>(input.size() - at, 64) + 1);
        switch (below(6)) {
        case 0:
            if (at < input.size())
                input[at] = char(input[at] ^ 1 << below(8));
            break;
        case 1:
            input.erase(at, length);
            break;
        case 2:
            input.insert(at, Input(input, at, length));
            break;
        case 3:
            input.replace(at, length, odd[below(std::size(odd))]);
            break;
        case 4:
            input.resize(at);
            break;
        case 5:
            const Input &other = seeds[below(seeds.size())];
            input.insert(at, Input(other, below(other.size()), 64));
            break;
        }
    }
    return input;
}

} // namespace

/// Runs all seeds of each word, then mutations of them for its share of the time: no search, only a
/// look whether the parsers still stand. tests/fuzz/run.sh searches.
int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: fuzzsmoke CORPUS-FOLDER\n");
        return 64;
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGALRM})
        std::signal(signal, keepInput);
    const auto targets = fuzzTargets();
    for (const FuzzTarget &target : targets) {
        currentWord = target.word;
        const auto seeds = seedsIn(std::filesystem::path(argv[1]) / target.word);
        const auto end = std::chrono::steady_clock::now() + wholeTime / targets.size();
        std::mt19937 random(1);
        for (const Input &seed : seeds)
            run(target, seed);
        long runs = long(seeds.size());
        for (; std::chrono::steady_clock::now() < end; ++runs)
            run(target, mutated(seeds[random() % seeds.size()], seeds, random));
        printf("%s: %ld inputs\n", target.word, runs);
    }
    return 0;
}
