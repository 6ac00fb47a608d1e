# Wheels that Lambda's Python 3.13 on arm64 (Amazon Linux 2023, glibc 2.34) can load.
PLATFORMS := manylinux_2_34_aarch64 manylinux_2_28_aarch64 manylinux2014_aarch64
