module assay-driver-go-tencent-typed

go 1.23

require github.com/tencentcloud/tencentcloud-sdk-go v1.0.162
