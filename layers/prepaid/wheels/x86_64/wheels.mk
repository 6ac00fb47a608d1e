# Wheels that Lambda's Python 3.13 on x86_64 (Amazon Linux 2023, glibc 2.34) can load.
PLATFORMS := manylinux_2_34_x86_64 manylinux_2_28_x86_64 manylinux2014_x86_64
