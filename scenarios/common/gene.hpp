#pragma once

namespace atrapa::scenarios {

// RapidCheck's templates take seconds a file, so only the generators meet it: they make and shrink
// lists of genes, small numbers with bounds, and each rule builds its case from them. Smaller
// numbers and fewer genes must mean a simpler case.

/// What one record of a case is made from.
struct Gene {
  int edge = 0;    ///< What is special about it: an index, 0 for nothing.
  int second = 0;  ///< Another one on top.
  int a = 0;
  int b = 0;
  int c = 0;
  int d = 0;
};

/// How many values each number of a gene has, counted from 0, and how many genes a case has at
/// most.
struct Shape {
  int edges = 1;
  int seconds = 1;
  int a = 1;
  int b = 1;
  int c = 1;
  int d = 1;
  int most = 12;
};

}  // namespace atrapa::scenarios
