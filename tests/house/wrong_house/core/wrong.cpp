// A wrong include, kept so that the check of the arrows is known to fail.
#include "mocks/kit/message.hpp"
